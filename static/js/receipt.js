/* The receipt's buttons: copy each code, print the page. Without this, the codes are selected at a click and the browser prints. */
const actions = document.querySelector("[data-receipt-actions]");

if (document.querySelector("[data-receipt]")) sessionStorage.removeItem("contact-draft"); // see contact_form.js

if (actions) {
  const status = actions.querySelector("[data-receipt-status]");
  actions.hidden = false;
  actions.querySelector("[data-print]").addEventListener("click", () => window.print());

  if (navigator.clipboard) {
    for (const box of document.querySelectorAll("[data-copied]")) {
      const label = box.previousElementSibling.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--quiet receipt__copy no-print";
      button.textContent = `${actions.dataset.copyWords} ${label}`;
      box.after(button);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(box.textContent.trim());
        status.textContent = `${label}: ${actions.dataset.copiedWords}`;
      });
    }
  }
}
