// The CMS calls a function of its own for each input of a date or time, and defines these functions late. Ours stand
// in their place, where the CMS cannot overwrite them: they mark the input, and date_picker.js does the rest.

for (const [name, kind] of [
  ["initDateChooser", "date"],
  ["initDateTimeChooser", "moment"],
  ["initTimeChooser", "time"],
]) {
  const mark = (id) => {
    const input = document.getElementById(id);
    if (!input) return;
    input.dataset.picks = kind;
    input.dispatchEvent(new CustomEvent("persian:date-input", { bubbles: true }));
  };
  Object.defineProperty(window, name, { configurable: true, get: () => mark, set: () => {} });
}
