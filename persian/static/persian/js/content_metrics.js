// Persian figures for the editor's panel of checks, and how many proposals there are for the saved draft.
// Read from the preview each time that the CMS has drawn it: so no bar of the CMS need stand on the page.
(() => {
  const pending = new Map();

  // The latest question alone is answered: an earlier one still under way is given up.
  async function ask(url, options = {}) {
    pending.get(url)?.abort();
    const controller = new AbortController();
    pending.set(url, controller);
    try {
      const response = await fetch(url, { ...options, signal: controller.signal });
      return response.ok ? await response.json() : null;
    } catch {
      return null; // given up, or no network: what was shown last stays
    }
  }

  async function showMetrics(text) {
    const place = document.querySelector("[data-persian-metrics]");
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (!place || !token) return;
    const body = new URLSearchParams({ text });
    const headers = { "X-CSRFToken": token.value };
    const found = await ask(place.dataset.persianMetrics, { method: "POST", headers, body });
    for (const [name, words] of Object.entries(found || {})) {
      place.querySelector(`[data-metric="${name}"]`).textContent = words;
    }
  }

  async function showCount() {
    const place = document.querySelector("[data-proofread-count]");
    const found = place && (await ask(place.dataset.proofreadCount));
    if (found) place.textContent = found.count;
  }

  document.addEventListener("w-preview:loaded", () => {
    const main = document.querySelector("#w-preview-iframe")?.contentDocument?.querySelector("main");
    if (main) showMetrics(main.innerText);
    showCount();
  });
  document.addEventListener("w-autosave:success", showCount);
})();
