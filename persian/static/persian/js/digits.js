/* Persian digits in what the admin's scripts write: counters, messages, React's own parts. The pages themselves come with
   Persian digits from the server; the rule is that of persian/numbers.py. */
(function () {
  const RUN = /[A-Za-z0-9_@/\\.:,+#?=~%-]+/g;
  const OF_MACHINES = /[A-Za-z_@\\=~?]|^\/|[0-9]\.[0-9]+\.[0-9]/;
  const SIZE = /^([0-9]+)x([0-9]+)$/;
  // Tags are read back from their labels when a page is saved.
  const KEPT = 'script, style, textarea, svg, code, pre, samp, kbd, option:not([value]), [dir=ltr], [translate=no], .addition, .deletion, [contenteditable], .tagit';
  const SPOKEN = ['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'data-w-tooltip-content-value'];

  function persian(run) {
    const text = run.replace(SIZE, '$1×$2');
    if (OF_MACHINES.test(text)) return text;
    return text
      .replace(/([0-9])\.(?=[0-9])/g, '$1٫')
      .replace(/([0-9]),(?=[0-9]{3})/g, '$1٬')
      .replace(/([0-9])%/g, '$1٪')
      .replace(/[0-9]/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[digit]);
  }

  function inProse(text) {
    return text.replace(RUN, persian);
  }

  function changeText(node) {
    if (!/[0-9]/.test(node.nodeValue) || !node.parentElement || node.parentElement.closest(KEPT)) return;
    const text = inProse(node.nodeValue);
    if (text !== node.nodeValue) node.nodeValue = text;
  }

  function changeAttributes(element) {
    if (element.closest(KEPT)) return;
    SPOKEN.forEach((name) => {
      const value = element.getAttribute(name);
      if (!value || !/[0-9]/.test(value)) return;
      const text = inProse(value);
      if (text !== value) element.setAttribute(name, text);
    });
  }

  function change(node) {
    if (node.nodeType === Node.TEXT_NODE) changeText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    changeAttributes(node);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      if (walker.currentNode.nodeType === Node.TEXT_NODE) changeText(walker.currentNode);
      else changeAttributes(walker.currentNode);
    }
  }

  // The bar that staff have on public pages stands in a shadow tree; those pages themselves stay as they were written.
  const bar = document.querySelector('wagtail-userbar');
  new MutationObserver((records) => {
    records.forEach((record) => {
      if (record.type === 'childList') record.addedNodes.forEach(change);
      else if (record.type === 'characterData') changeText(record.target);
      else changeAttributes(record.target);
    });
  }).observe(bar ? bar.shadowRoot : document.documentElement, {
    attributes: true,
    attributeFilter: SPOKEN,
    characterData: true,
    childList: true,
    subtree: true,
  });
})();
