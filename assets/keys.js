// Ctrl+Enter sends the form (opslaan en volgende). Without script the same button does it; the server judges either way.

const form = document.querySelector('form[data-keys]');
if (form) start(form);

function start(form) {
  let sent = false;
  form.querySelector('[data-keys-hint]')?.removeAttribute('hidden');
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // Back from the next page, the form may be sent again.
  window.addEventListener('pageshow', () => { sent = false; });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
