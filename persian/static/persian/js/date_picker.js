// A dialog that picks a Jalali day, on the ARIA pattern of a date picker in a dialog with a grid. Its calendar is the
// browser's own (Intl); its words and its frame come from persian/date_picker.html. Without it the input is typed in.
// A day is a whole number: days since 1 January 1970.

const DAY = 86400000;
const WEEK = 7;
const parts = document.querySelector("template[data-date-picker]");

const words = new Intl.DateTimeFormat("fa-u-ca-persian", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const numbers = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

const weekdayLetter = new Intl.DateTimeFormat("fa", { timeZone: "UTC", weekday: "narrow" });

const persianDigits = (text) => text.replace(/[0-9]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
const latinDigits = (text) =>
  text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 15));

function jalali(day) {
  const found = {};
  for (const { type, value } of numbers.formatToParts(day * DAY)) found[type] = Number(value);
  return found;
}

// The named parts of a day in Persian order, which Intl would turn round: «آذر ۱۴۰۵».
function say(day, ...names) {
  const found = {};
  for (const { type, value } of words.formatToParts(day * DAY)) found[type] = value;
  return names.map((name) => found[name]).join(" ");
}

const fullName = (day) => say(day, "weekday", "day", "month", "year");

// The first day of a month. Six months of 31 days, then of 30, are right to a day or two; the calendar corrects that.
function firstOf(year, month) {
  let day = Date.UTC(year + 621, 2, 21) / DAY + (month - 1) * 30 + Math.min(month - 1, 6);
  for (;;) {
    const found = jalali(day);
    const past = (found.year - year) * 12 + found.month - month;
    if (past === 0) return day - found.day + 1;
    day -= Math.sign(past);
  }
}

// The day itself or, where the month is shorter, its last day. Months beyond the year's end belong to other years.
function dayOf(year, month, dayOfMonth) {
  const months = year * 12 + month - 1;
  const first = (count) => firstOf(Math.floor(count / 12), (count % 12) + 1);
  return Math.min(first(months) + dayOfMonth, first(months + 1)) - 1;
}

function addMonths(day, count) {
  const { year, month, day: dayOfMonth } = jalali(day);
  return dayOf(year, month + count, dayOfMonth);
}

// The week begins on Saturday; day 0 was a Thursday, the sixth of the week.
const placeInWeek = (day) => (((day + 5) % WEEK) + WEEK) % WEEK;

function today() {
  const options = { timeZone: parts.dataset.timeZone, year: "numeric", month: "2-digit", day: "2-digit" };
  const [year, month, day] = new Intl.DateTimeFormat("en-CA-u-ca-gregory", options)
    .format(new Date())
    .split("-")
    .map(Number);
  return Date.UTC(year, month - 1, day) / DAY;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => say(firstOf(1400, index + 1), "month"));
const NUMBERS = /^\s*(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})/;
const NAMED = /^\s*(\d{1,2})\s+(\S+)\s+(\d{4})/;

// Year, month and day as an input's text begins with them, or nothing: the server reads more, and says what is wrong.
function typed(text) {
  const latin = latinDigits(text);
  const numbered = NUMBERS.exec(latin);
  if (numbered) return numbered.slice(1).map(Number);
  const named = NAMED.exec(latin);
  return named ? [Number(named[3]), MONTHS.indexOf(named[2]) + 1, Number(named[1])] : [];
}

// The day that an input's text begins with, of either calendar, or null.
function read(text) {
  const [year, month, day] = typed(text);
  if (!(year >= 1200 && month >= 1 && month <= 12 && day >= 1)) return null;
  return year < 1700 ? dayOf(year, month, day) : Date.UTC(year, month - 1, day) / DAY;
}

function write(day) {
  const { year, month, day: dayOfMonth } = jalali(day);
  const two = (number) => String(number).padStart(2, "0");
  return persianDigits(`${year}/${two(month)}/${two(dayOfMonth)}`);
}

const TIME = /\d{1,2}:\d{2}(:\d{2})?\s*$/;

// What a moment keeps of its hour; without one, the next full hour, which is to come today too.
function timeOf(text) {
  const found = TIME.exec(latinDigits(text));
  if (found) return persianDigits(found[0].trim());
  const now = new Intl.DateTimeFormat("en-GB", { timeZone: parts.dataset.timeZone, hour: "2-digit", hour12: false });
  const hour = Math.min((Number(now.format(new Date())) % 24) + 1, 23);
  return persianDigits(`${String(hour).padStart(2, "0")}:00`);
}

class Picker {
  constructor() {
    this.dialog = parts.content.querySelector("dialog").cloneNode(true);
    this.heading = this.dialog.querySelector("[data-heading]");
    this.grid = this.dialog.querySelector("tbody");
    this.drawWeekdays();
    this.dialog.addEventListener("click", (event) => this.onClick(event));
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
    this.dialog.addEventListener("close", () => this.onClose());
  }

  open(input, button) {
    Object.assign(this, { input, button, chosen: read(input.value), picked: false });
    button.after(this.dialog);
    this.show(this.chosen ?? today());
    this.dialog.showModal();
    this.focusDay();
  }

  drawWeekdays() {
    const saturday = 2;
    const row = this.dialog.querySelector("thead tr");
    for (let day = saturday; day < saturday + WEEK; day += 1) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.abbr = say(day, "weekday");
      cell.textContent = weekdayLetter.format(day * DAY);
      row.append(cell);
    }
  }

  show(day) {
    this.day = day;
    const { year, month } = jalali(day);
    const [first, next] = [firstOf(year, month), dayOf(year, month + 1, 1)];
    const name = say(day, "month", "year");
    if (this.heading.textContent !== name) this.heading.textContent = name; // a live region: only when it is news
    const rows = [];
    for (let start = first - placeInWeek(first); start < next; start += WEEK) {
      const row = document.createElement("tr");
      for (let at = start; at < start + WEEK; at += 1) {
        row.append(at < first || at >= next ? document.createElement("td") : this.cell(at));
      }
      rows.push(row);
    }
    this.grid.replaceChildren(...rows);
  }

  cell(day) {
    const cell = document.createElement("td");
    cell.textContent = persianDigits(String(jalali(day).day));
    cell.dataset.day = day;
    cell.tabIndex = day === this.day ? 0 : -1;
    cell.setAttribute("aria-label", fullName(day));
    cell.setAttribute("aria-selected", String(day === this.chosen));
    if (day === today()) cell.setAttribute("aria-current", "date");
    return cell;
  }

  focusDay() {
    this.grid.querySelector("[tabindex='0']").focus();
  }

  onClick(event) {
    const { target } = event;
    const cell = target.closest("td[data-day]");
    const step = target.closest("[data-months]");
    if (cell) this.pick(Number(cell.dataset.day));
    else if (step) this.show(addMonths(this.day, Number(step.dataset.months)));
    else if (target.closest("[data-today]")) this.pick(today());
    else if (target.closest("[data-close]") || target === this.dialog) this.dialog.close();
  }

  onKey(event) {
    event.stopPropagation(); // Escape closes this dialog, not the menu it may stand in
    if (!this.grid.contains(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(this.day);
      return;
    }
    const day = this.dayOfKey(event);
    if (day === null) return;
    event.preventDefault();
    this.show(day);
    this.focusDay();
  }

  // The arrow to the left leads to the cell on the left: in Persian, the next day.
  dayOfKey({ key, shiftKey }) {
    const leftwards = getComputedStyle(this.grid).direction === "rtl" ? 1 : -1;
    const place = placeInWeek(this.day);
    const days = {
      ArrowLeft: leftwards,
      ArrowRight: -leftwards,
      ArrowUp: -WEEK,
      ArrowDown: WEEK,
      Home: -place,
      End: WEEK - 1 - place,
    };
    const months = { PageUp: shiftKey ? -12 : -1, PageDown: shiftKey ? 12 : 1 };
    if (key in days) return this.day + days[key];
    return key in months ? addMonths(this.day, months[key]) : null;
  }

  pick(day) {
    const { input } = this;
    const time = input.dataset.picks === "moment" ? ` ${timeOf(input.value)}` : "";
    input.value = write(day) + time;
    this.picked = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    this.dialog.close();
  }

  // The focus goes back to where it came from; after a moment's day, on to its hour, to be typed over.
  onClose() {
    const { input, button } = this;
    if (this.picked && input.dataset.picks === "moment") {
      input.focus();
      input.setSelectionRange(input.value.lastIndexOf(" ") + 1, input.value.length);
    } else {
      button.focus();
    }
  }
}

function nameButton(button, input) {
  const label = input.labels && input.labels[0];
  const field = input.getAttribute("aria-label") || input.placeholder || (label ? label.textContent.trim() : "");
  const chosen = read(input.value);
  const words = [button.dataset.words, field, chosen === null ? "" : fullName(chosen)];
  button.setAttribute("aria-label", words.filter(Boolean).join("، "));
}

let picker;

function addButton(input) {
  if (input.dataset.picks === "time" || input.closest(".date-input")) return;
  const frame = document.createElement("span");
  frame.className = "date-input";
  const button = parts.content.querySelector("button").cloneNode(true);
  button.disabled = input.disabled || input.readOnly;
  nameButton(button, input);
  input.addEventListener("change", () => nameButton(button, input));
  input.before(frame);
  frame.append(input, button);
  button.addEventListener("click", () => {
    picker = picker || new Picker();
    picker.open(input, button);
  });
}

if (parts && window.HTMLDialogElement) {
  document.querySelectorAll("[data-picks]").forEach(addButton);
  document.addEventListener("persian:date-input", (event) => addButton(event.target));
}
