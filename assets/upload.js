// Sending files with a progress bar for each (uploaden). Without script the same form posts all of them at once.

const form = document.querySelector('form[data-upload]');
if (form) start(form);

function start(form) {
  const input = form.querySelector('input[type=file]');
  const key = form.elements.sleutel.value;
  const rows = Object.assign(document.createElement('ul'), { className: 'uploads' });
  const status = Object.assign(document.createElement('p'), { className: 'small' });
  status.setAttribute('role', 'status');
  const hint = Object.assign(document.createElement('p'), { className: 'drop small', textContent: form.dataset.drop });
  input.closest('.field').after(hint, rows, status);
  // What waits to be sent: the file, its key, and its row. A key stays with its file, so sending again stores nothing twice.
  let waiting = [];
  let count = 0;
  let stored = 0;
  let sending = false;

  const add = (files) => {
    const chosen = input.multiple ? [...files] : [...files].slice(0, 1);
    if (!input.multiple) { waiting.forEach((one) => one.row.remove()); waiting = []; }
    for (const file of chosen) {
      const row = document.createElement('li');
      const name = Object.assign(document.createElement('span'), { textContent: file.name });
      const bar = Object.assign(document.createElement('progress'), { max: 1, value: 0 });
      bar.setAttribute('aria-label', file.name);
      const message = Object.assign(document.createElement('span'), { className: 'small' });
      row.append(name, bar, message);
      rows.append(row);
      waiting.push({ file, key: `${key}-${count++}`, row, bar, message });
    }
    input.value = '';
  };

  const send = (one) => new Promise((done) => {
    const body = new FormData(form);
    body.delete(input.name);
    body.set('sleutel', one.key);
    if (count > 1) body.set('meer', 'ja');
    body.append(input.name, one.file, one.file.name);
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (event) => { if (event.lengthComputable) one.bar.value = event.loaded / event.total; });
    request.upload.addEventListener('load', () => { one.message.textContent = form.dataset.checking; });
    request.addEventListener('loadend', () => {
      let told = null;
      try { told = JSON.parse(request.responseText); } catch { /* a page with the trouble, or no answer at all */ }
      done({ file: told?.files?.[0], text: told?.errors?.join(' ') || form.dataset.failed });
    });
    request.send(body);
  });

  // Some were stored and some not: what the page says of what is there is fetched anew, the form stays as it is.
  const refresh = async () => {
    try {
      const answer = await fetch(form.dataset.next ?? form.getAttribute('action'), { headers: { Accept: 'text/html' } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const old of document.querySelectorAll('[data-fresh]')) {
        const now = fresh.querySelector(`[data-fresh="${old.dataset.fresh}"]`);
        if (now) old.replaceWith(document.importNode(now, true));
      }
    } catch { /* the page still tells what was stored; it is seen after the next load */ }
  };

  const all = async () => {
    sending = true;
    const again = [];
    let refused = 0;
    for (const one of waiting) {
      status.textContent = `${form.dataset.sending} ${one.file.name}`;
      one.row.className = '';
      const { file, text } = await send(one);
      one.message.textContent = file ? file.message : text;
      one.row.className = file?.stored ? 'ok' : 'bad';
      if (file?.stored) { one.bar.value = 1; stored += 1; } else { one.bar.value = 0; refused += 1; }
      // What the house did not judge can be sent again as it is; what it refused cannot.
      if (!file || file.look) again.push(one);
      if (file?.look) form.querySelector('[data-look]')?.removeAttribute('hidden');
    }
    waiting = again;
    sending = false;
    if (stored > 0) await refresh();
    status.textContent = `${form.dataset.done} ${stored}`;
    if (refused === 0 && stored > 0) location.assign(`${form.dataset.next ?? form.getAttribute('action')}?ontvangen=${stored}`);
  };

  input.addEventListener('change', () => add(input.files));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending) return;
    if (waiting.length === 0) { status.textContent = form.dataset.choose; input.focus(); return; }
    all();
  });
  for (const name of ['dragover', 'dragenter']) form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add('over'); });
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    add(event.dataTransfer.files);
  });
}
