// Parts of the CMS (its comments) write dates in the language and zone of the browser: another date on every machine.
// Where no language is asked for, it is the page's own, and the zone the site's.

const { timeZone } = document.currentScript.dataset;

Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
  construct(format, [locales = [], options]) {
    const own = locales.length === 0;
    return own
      ? new format(document.documentElement.lang || [], { timeZone, ...options })
      : new format(locales, options);
  },
});
