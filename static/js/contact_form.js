/*
 * Makes the form smoother, and nothing depends on it: one click sends once, the name of a municipality is asked for only when the
 * list lacks it, and who comes back by Back or Reload finds what they typed.
 */
const stage = document.querySelector("[data-place]");
const form = document.querySelector("[data-contact-form]");
const DRAFT = "contact-draft";
const KEPT = ":not([type=file]):not([type=password]):not([name=csrfmiddlewaretoken])";

const controls = () => [...form.elements].filter((control) => control.name && control.matches(`input${KEPT}, select, textarea`));

/* The browser's own memory of a form is off on pages that are never cached. This one ends with the tab. */
const keep = () => {
  const typed = controls()
    .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
    .map((control) => [control.name, control.value]);
  sessionStorage.setItem(DRAFT, JSON.stringify({ place: stage.dataset.place, typed }));
};

const bringBack = () => {
  const [visit] = performance.getEntriesByType("navigation");
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) || "null");
  if (!draft || !visit || !["back_forward", "reload"].includes(visit.type) || draft.place !== stage.dataset.place) return;
  for (const [name, value] of draft.typed) {
    for (const control of controls().filter((one) => one.name === name)) {
      if (["radio", "checkbox"].includes(control.type)) control.checked = control.value === value;
      else control.value = value;
    }
  }
};

const askNameOnlyIfNeeded = () => {
  const list = form.querySelector("select[name=municipality]");
  const typed = form.querySelector("input[name=organization]");
  if (!list || !typed) return;
  const show = () => {
    typed.closest(".field").hidden = list.value !== "other" && !typed.value;
  };
  list.addEventListener("change", show);
  show();
};

/* A page that answers a post cannot be shown again by Back or Reload; the empty form can, and what was typed comes back to it. */
if (stage && stage.dataset.posted) history.replaceState(null, "", stage.dataset.place);

if (form) {
  let sent = false;
  if (form.querySelector("textarea")) bringBack();
  askNameOnlyIfNeeded();
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    if (form.querySelector("textarea")) keep();
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}
