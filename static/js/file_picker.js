/*
 * The browser's own button for files speaks the browser's language: a label takes its place, says which files were chosen, and tells
 * at once when one is too large. Without this the browser's button does.
 */
for (const form of document.querySelectorAll("form[data-choose-files]")) {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const button = document.createElement("label");
    button.className = "button button--quiet file-picker__button";
    button.htmlFor = input.id;
    button.textContent = input.multiple ? form.dataset.chooseFiles : form.dataset.chooseFile;
    const names = document.createElement("ul");
    names.className = "file-picker__names";
    const note = document.createElement("p");
    note.className = "field__error";
    note.setAttribute("role", "alert");
    input.classList.add("visually-hidden");
    input.after(button, names, note);
    input.addEventListener("change", () => {
      names.replaceChildren(
        ...[...input.files].map((file) => {
          const item = document.createElement("li");
          item.dir = "auto";
          item.textContent = file.name;
          return item;
        }),
      );
      const large = [...input.files].filter((file) => file.size > Number(input.dataset.mostBytes));
      const many = input.files.length > Number(input.dataset.mostFiles);
      note.textContent = [large.length ? form.dataset.tooLarge : "", many ? form.dataset.tooMany : ""].join(" ").trim();
    });
  }
}
