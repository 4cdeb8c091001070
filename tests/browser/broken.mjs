// Pages that are wrong in one way each. The checks must see every one of them, or a pass says nothing.

import { createServer } from 'node:http';
import { visit } from './checks.mjs';

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'";
const BODY = '<main><h1>Aanbieders</h1><p>Alles klopt.</p></main>';

/** name: [what the check must say, what is wrong with the page]. */
const BROKEN = {
  'an image without a text': [/axe image-alt/, { body: BODY.replace('Alles', '<img src="/dot.svg"> Alles') }],
  'pale letters': [/axe color-contrast/, { body: `${BODY}<div class="pale"><p>Bleek</p></div>`.replace('</main>', '').concat('</main>') }],
  'two first headings': [/has 2 h1/, { body: BODY.replace('<p>', '<h1>Nog een</h1><p>') }],
  'no title': [/has no title/, { title: '' }],
  'the wrong language': [/html lang is "en"/, { lang: 'en' }],
  'a page too wide': [/scrolls \d+ px sideways/, { body: BODY.replace('<p>', '<p class="wide">') }],
  'a button too small': [/target under 24 px/, { body: BODY.replace('Alles', '<button type="button" class="tiny">x</button> Alles') }],
  'an inline style': [/Content Security Policy/, { body: BODY.replace('<p>', '<p style="color: red">') }],
  'a loose policy': [/is not strict/, { policy: `${POLICY} 'unsafe-inline'` }],
  'no policy': [/does not begin from 'none': absent/, { policy: '' }],
  'a third party': [/asks a third party/, { policy: "default-src 'none'; img-src http://127.0.0.2:9", body: BODY.replace('Alles', '<img alt="Stip" src="http://127.0.0.2:9/a.svg"> Alles') }],
  'a word to the console': [/console \(log\)/, { body: `${BODY}<script src="/talk.js"></script>` }],
  'a script that fails': [/script error/, { body: `${BODY}<script src="/fail.js"></script>` }],
  'a picture that is not there': [/404 for/, { body: BODY.replace('Alles', '<img alt="Stip" src="/gone.svg"> Alles') }],
  'an error for a page': [/status 500/, { status: 500 }],
  'HTML that does not close': [/HTML line/, { body: BODY.replace('</p>', '') .replace('<p>', '<p><div></p>') }],
  'a text key for a text': [/does not exist/, { body: BODY.replace('Alles klopt', 'No localization for id: &quot;x&quot;') }],
};

const FILES = {
  '/style.css': ['text/css', 'body { color: #111; background: #fff } .pale { color: #ddd } .wide { width: 3000px } .tiny { width: 10px; height: 10px; padding: 0 } button { display: inline-block }'],
  '/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  '/talk.js': ['text/javascript', 'console.log("hallo")'],
  '/fail.js': ['text/javascript', 'throw new Error("stuk")'],
};

/** Serves the broken pages on a free port; `close` ends it. */
async function serve() {
  const pages = [{}, ...Object.values(BROKEN).map(([, page]) => page)];
  const server = createServer((request, response) => {
    const file = FILES[request.url];
    const page = pages[Number(request.url.slice(1))];
    if (file) return response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    if (!page || request.url === '/') return response.writeHead(404).end();
    const { body = BODY, title = 'Aanbieders – Open House', lang = 'nl', policy = POLICY, status = 200 } = page;
    const html = `<!DOCTYPE html>\n<html lang="${lang}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${title}</title>\n<link rel="icon" href="/dot.svg">\n<link rel="stylesheet" href="/style.css">\n</head>\n<body>${body}</body>\n</html>\n`;
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...(policy && { 'content-security-policy': policy }) }).end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** One test per broken page, and one for the page with nothing wrong. */
export async function testTheChecks(browser, test) {
  const server = await serve();
  const page = await browser.newPage({ viewport: { width: 375, height: 900 } });
  const look = (number) => visit(page, `${server.base}/${number}`, { status: 200, lang: 'nl', valid: true });
  await test('the checks pass a page with nothing wrong', () => look(0));
  let number = 0;
  for (const [name, [expected]] of Object.entries(BROKEN)) {
    number += 1;
    await test(`the checks see ${name}`, async () => {
      const problems = await look(number);
      return problems.some((problem) => expected.test(problem)) ? [] : [`expected ${expected}, found: ${problems.join(' | ') || 'nothing'}`];
    });
  }
  await page.close();
  server.close();
}
