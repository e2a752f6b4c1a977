/*
 * Makes the form smoother, and nothing depends on it: one click sends once, the name of a municipality is asked for only when the
 * list lacks it, too large a file is told at once, and who comes back by the Back button finds what they typed.
 */
const form = document.querySelector("[data-contact-form]");
const DRAFT = "contact-draft";
const KEPT = ":not([type=file]):not([type=password]):not([name=csrfmiddlewaretoken])";

const controls = () => [...form.elements].filter((control) => control.name && control.matches(`input${KEPT}, select, textarea`));

/* The browser's own memory of a form is off on pages that are never cached. This one ends with the tab. */
const keep = () => {
  const typed = controls()
    .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
    .map((control) => [control.name, control.value]);
  sessionStorage.setItem(DRAFT, JSON.stringify({ place: location.pathname + location.search, typed }));
};

const bringBack = () => {
  const [visit] = performance.getEntriesByType("navigation");
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) || "null");
  if (!draft || !visit || visit.type !== "back_forward" || draft.place !== location.pathname + location.search) return;
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

const tellLargeFiles = () => {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const note = document.createElement("p");
    note.className = "field__error";
    note.setAttribute("role", "alert");
    input.after(note);
    input.addEventListener("change", () => {
      const large = [...input.files].filter((file) => file.size > Number(input.dataset.mostBytes));
      const many = input.files.length > Number(input.dataset.mostFiles);
      note.textContent = [large.length ? form.dataset.tooLarge : "", many ? form.dataset.tooMany : ""].join(" ").trim();
    });
  }
};

if (form) {
  let sent = false;
  if (form.querySelector("textarea")) bringBack();
  askNameOnlyIfNeeded();
  tellLargeFiles();
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
