/* The summary of a form's errors takes the focus, and its links lead into the fields themselves. */
const summary = document.querySelector("[data-error-summary]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    if (!control) return;
    event.preventDefault();
    const field = control.closest(".field") || control;
    field.scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}
