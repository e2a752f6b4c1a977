/* What was typed for a case survives a login that ran out: it waits in this tab, and comes back after logging in again. */

/** Where the words of a form wait; another person at the same browser finds none of them. @param {HTMLFormElement} form */
function place(form) {
  return `typed:${form.dataset.keep}:${window.location.pathname}`;
}

/** @param {HTMLFormElement} form */
function areas(form) {
  return [...form.querySelectorAll("textarea[name]")];
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const typed = areas(form).map((area) => [area.name, area.value]);
  try {
    window.sessionStorage.setItem(place(form), JSON.stringify(typed));
  } catch {
    // A full or forbidden store keeps nothing; the form works as before.
  }
}

/** @param {HTMLFormElement} form */
function bringBack(form) {
  const typed = new Map(JSON.parse(window.sessionStorage.getItem(place(form)) ?? "[]"));
  for (const area of areas(form)) {
    area.value = typed.get(area.name) || area.value;
  }
}

const afterLogin = document.referrer.includes("/login/");

for (const form of document.querySelectorAll("form[data-keep]")) {
  if (afterLogin) {
    bringBack(form);
  } else {
    window.sessionStorage.removeItem(place(form)); // the server has had it
  }
  form.addEventListener("submit", () => keep(form));
}
