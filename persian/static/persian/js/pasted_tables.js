/* A table that is pasted into a text: its editor knows no tables and would join the words of its cells. Each row becomes a
   paragraph, with " | " between the cells. */
(function () {
  function withoutTables(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    page.querySelectorAll('table').forEach((table) => {
      const rows = [...table.querySelectorAll('tr')].map((row) => {
        const line = page.createElement('p');
        line.textContent = [...row.querySelectorAll('td, th')]
          .map((cell) => cell.textContent.replace(/\s+/g, ' ').trim())
          .join(' | ');
        return line;
      });
      table.replaceWith(...rows);
    });
    return page.documentElement.outerHTML;
  }

  document.addEventListener(
    'paste',
    (event) => {
      const html = event.clipboardData ? event.clipboardData.getData('text/html') : '';
      if (!/<table/i.test(html) || !event.target.closest || !event.target.closest('.public-DraftEditor-content')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', withoutTables(html));
      clipboardData.setData('text/plain', event.clipboardData.getData('text/plain'));
      event.target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    true,
  );
})();
