// The desk's list: the box in the head chooses all of the page, and it is said how many are chosen. Without scripts the server does so.
// The list is replaced while somebody searches, so the document listens.

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-cases]");
  if (!form || target.type !== "checkbox") {
    return;
  }
  const all = form.querySelector("[name=all]");
  const boxes = [...form.querySelectorAll("[name=case]")];
  if (target === all) {
    for (const box of boxes) {
      box.checked = all.checked;
    }
  } else {
    all.checked = boxes.every((box) => box.checked);
  }
  const number = boxes.filter((box) => box.checked).length;
  const chosen = form.querySelector("[data-chosen]");
  chosen.hidden = number === 0;
  chosen.textContent = `(${number.toLocaleString("fa-IR")})`;
});
