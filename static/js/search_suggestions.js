/* Pages that fit what is typed so far, as a list of links under the search box. Without it, the search page itself answers. */
const PAUSE = 200; // milliseconds between the last key and the question
const SHORTEST = 2;

for (const form of document.querySelectorAll("[data-suggestions]")) {
  const input = form.querySelector("input[name=q]");
  const list = form.querySelector("[data-suggestions-list]");
  const status = form.querySelector("[data-suggestions-status]");
  let waiting;
  let question;

  const links = () => [...list.querySelectorAll("a")];

  const hide = () => {
    clearTimeout(waiting);
    if (question) question.abort();
    list.hidden = true;
    status.textContent = "";
  };

  const ask = async () => {
    if (question) question.abort();
    question = new AbortController();
    try {
      const address = `${form.dataset.suggestions}?q=${encodeURIComponent(input.value)}`;
      const answer = await fetch(address, { signal: question.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.children);
      list.hidden = links().length === 0;
      status.textContent = list.hidden ? "" : status.dataset.words;
    } catch {
      // Cut off, or asked anew: the search itself works without.
    }
  };

  input.setAttribute("autocomplete", "off");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim().length < SHORTEST) hide();
    else waiting = setTimeout(ask, PAUSE);
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      input.focus();
      hide();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      const stops = [input, ...links()];
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    }
  });

  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) hide();
  });
  form.addEventListener("submit", hide);
}
