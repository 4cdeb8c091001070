// A provider applies: begins, looks at every page of its dossier, and sends files for a criterion; with script a row and
// a bar per file, chosen or dropped, and without script the plain form.

import { visit } from './checks.mjs';
import { open } from './people.mjs';

const WIDTHS = [1280, 375];

export async function testApplying(browser, app, state, test) {
  let dossier;
  const at = (name, width, script, body) =>
    test(name, async () => {
      const page = await open(browser, state, width, script);
      const complaints = [];
      page.on('console', (said) => { if (said.type() === 'error' && said.text().includes('Security Policy')) complaints.push(said.text()); });
      try {
        return [...(await body(page)), ...complaints];
      } finally {
        await page.context().close();
      }
    });

  await at('a provider begins an application, or finds the one it has', 1280, false, async (page) => {
    await page.goto(`${app.base}/mijn`);
    const begin = page.locator('form[action="/mijn/aanmeldingen"] button');
    const begun = page.locator('main a[href^="/mijn/aanmeldingen/"]');
    await ((await begin.count()) > 0 ? begin : begun).first().click();
    await page.waitForLoadState();
    dossier = new URL(page.url()).pathname;
    return problem(/^\/mijn\/aanmeldingen\/\d{4}-\d{4,}$/.test(dossier), `the button led to ${dossier}`);
  });
  for (const part of ['', '/stappen/organisatie', '/stappen/contactpersoon', '/stappen/locaties', '/stappen/aanbod', '/stappen/tekenbevoegde', '/stappen/verklaring', '/eisen/M07', '/eisen/M14', '/eisen/M18', '/indienen']) {
    for (const width of WIDTHS) {
      await at(`the dossier${part} at ${width}`, width, true, (page) => visit(page, app.base + dossier + part, { status: 200, lang: 'en', valid: width === WIDTHS[0] }));
    }
  }
  await at('without script the good file belongs to the criterion and the bad one is told', 375, false, async (page) => {
    await page.goto(`${app.base}${dossier}/eisen/M07`);
    await page.locator('#bestand').setInputFiles([csv('polis-zonder-script'), { name: 'kwaad.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }]);
    await press(page);
    const told = (await page.locator('main [role=alert]').allInnerTexts()).join();
    return [...problem(told.includes('kwaad.exe'), `kwaad.exe is not told in: ${told}`), ...(await shows(page, 'polis-zonder-script'))];
  });
  await at('with script every file has its bar, and all good leads back to the criterion', 1280, true, async (page) => {
    await page.goto(`${app.base}${dossier}/eisen/M07`);
    await page.locator('#bestand').setInputFiles([csv('polis-een'), csv('polis-twee')]);
    const bars = await page.locator('.uploads progress').count();
    await press(page);
    await page.waitForURL(/\/eisen\/M07\?ontvangen=2/);
    return [...problem(bars === 2, `${bars} bars for two files`), ...(await shows(page, 'polis-een')), ...(await shows(page, 'polis-twee'))];
  });
  await at('a file dropped on the form of a criterion is sent', 375, true, async (page) => {
    await page.goto(`${app.base}${dossier}/eisen/M07`);
    const files = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['naam;x\ngesleept;1\n'], 'polis-gesleept.csv', { type: 'text/csv' }));
      return transfer;
    });
    await page.dispatchEvent('form[data-upload]', 'drop', { dataTransfer: files });
    await press(page);
    await page.waitForURL(/\/eisen\/M07\?ontvangen=1/);
    return shows(page, 'polis-gesleept');
  });
}

const csv = (name) => ({ name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`naam;x\n${name};1\n`) });
const problem = (good, text) => (good ? [] : [text]);

async function press(page) {
  await page.locator('form[enctype] button[type=submit]').click();
  await page.waitForLoadState();
}

async function shows(page, title) {
  return problem((await page.locator('section[aria-labelledby="getoond"] h3', { hasText: title }).count()) > 0, `${title} is not shown for the criterion`);
}
