/* Words that libraries of the admin know in English only; the script's own attributes have them in Persian. */
(function () {
  const words = document.currentScript.dataset;
  const { jQuery } = window;
  if (!jQuery) return;

  // What screen readers are told about a list of proposals, of tags for example.
  if (jQuery.ui && jQuery.ui.autocomplete) {
    Object.assign(jQuery.ui.autocomplete.prototype.options.messages, {
      noResults: words.noResults,
      results: (count) => words.results.replace('{count}', count),
    });
  }

  // A file that did not arrive: the CMS would show the status of HTTP.
  jQuery(document).on('fileuploadfail', (event, upload) => {
    upload.errorThrown = upload.jqXHR && upload.jqXHR.status ? words.serverError : words.noConnection;
  });
})();
