/* «Somebody is answering»: says so from the first letter on, and again every three minutes while the page is open. */

const EVERY = 3 * 60 * 1000;

/** @param {HTMLFormElement} form */
function keepLock(form) {
  let timer = 0;

  async function renew() {
    if (document.hidden) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const headers = { Accept: "application/json" };
    try {
      const answer = await fetch(form.dataset.lock, { method: "POST", body, headers });
      if (answer.status === 409) {
        window.clearInterval(timer);
        form.querySelector("[data-taken]").hidden = false;
      }
    } catch {
      // Without a network nothing is sent either; the next round tries again.
    }
  }

  form.addEventListener(
    "input",
    () => {
      renew();
      timer = window.setInterval(renew, EVERY);
    },
    { once: true },
  );
}

document.querySelectorAll("form[data-lock]").forEach(keepLock);
