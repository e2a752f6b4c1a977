/*
 * Makes the form smoother, and nothing depends on it: one click sends once, the name of a municipality is asked for only when the
 * list lacks it, and who comes back by Back or Reload finds what they typed.
 */
const stage = document.querySelector("[data-place]");
const form = document.querySelector("[data-contact-form]");
const DRAFT = "contact-draft";
const KEPT = ":not([type=file]):not([type=password]):not([name=csrfmiddlewaretoken])";

const controls = () => [...form.elements].filter((control) => control.name && control.matches(`input${KEPT}, select, textarea`));

/* The browser's own memory of a form is off on pages that are never cached, and old telephones drop a page that is not looked at for a
   while. This memory ends with the tab. */
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

/* Reload, Back, another app, a call: nobody says good-bye to a page. */
const keepWhenLeft = () => {
  let touched = false;
  const leave = () => {
    if (touched) keep();
  };
  form.addEventListener("input", () => {
    touched = true;
  });
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
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
  const isTyped = Boolean(form.querySelector("textarea"));
  if (isTyped) {
    bringBack();
    keepWhenLeft();
  }
  askNameOnlyIfNeeded();
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    if (isTyped) keep();
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}
