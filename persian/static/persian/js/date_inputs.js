// The CMS's Gregorian picker takes a Jalali date for nonsense, and puts today in its place when the input loses the focus.
// The picker stays; it only may not rewrite what was typed: the server reads it, or says why not.
// The CMS defines its functions after this script, so each becomes an accessor that wraps what it is given.

for (const name of ["initDateChooser", "initDateTimeChooser", "initTimeChooser"]) {
  let original;
  Object.defineProperty(window, name, {
    configurable: true,
    get: () => original && ((id, options) => original(id, { validateOnBlur: false, ...options })),
    set: (value) => {
      original = value;
    },
  });
}
