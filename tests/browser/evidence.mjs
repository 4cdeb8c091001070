// A provider adds evidence: with script a row and a bar per file, dropped or chosen; without script the plain form.

import { inspect } from './checks.mjs';
import { PROVIDER, firstOf } from './pages.mjs';
import { open } from './people.mjs';

const EXPECT = { lang: 'en' };

export async function testEvidence(browser, app, state, pages, test) {
  const list = app.base + firstOf(`${PROVIDER}/bewijsstukken`, pages);
  const at = (name, width, script, body) =>
    test(name, async () => {
      const page = await open(browser, state, width, script);
      const complaints = [];
      page.on('console', (said) => { if (said.type() === 'error' && said.text().includes('Security Policy')) complaints.push(said.text()); });
      try {
        await page.goto(list);
        return [...(await body(page)), ...complaints];
      } finally {
        await page.context().close();
      }
    });

  await at('without script two files are added at once and the bad one is told', 375, false, async (page) => {
    await page.locator('#bestand').setInputFiles([csv('zonder-script'), exe('kwaad')]);
    await page.locator('#naam').fill('Zonder script');
    await press(page);
    const told = await page.locator('main [role=alert]').allInnerTexts();
    const kept = await page.locator('#naam').inputValue();
    const found = await has(page, 'Zonder script – zonder-script');
    return [...problem(told.join().includes('kwaad.exe'), `kwaad.exe is not told in: ${told}`), ...problem(kept === 'Zonder script', 'the name that was typed is gone'), ...found];
  });
  await at('with script every file has its bar, and all good leads to the list', 1280, true, async (page) => {
    await page.locator('#bestand').setInputFiles([csv('met-een'), csv('met-twee')]);
    const bars = await page.locator('.uploads progress').count();
    await press(page);
    await page.waitForURL(/ontvangen=2/);
    return [...problem(bars === 2, `${bars} bars for two files`), ...(await has(page, 'met-een')), ...(await has(page, 'met-twee'))];
  });
  await at('with script a refused file is told at its row and a good one is kept', 375, true, async (page) => {
    await page.locator('#bestand').setInputFiles([exe('kwaad'), csv('goed-naast-kwaad')]);
    await press(page);
    await page.locator('.uploads li.ok').waitFor();
    const bad = await page.locator('.uploads li.bad').innerText();
    const faults = await inspect(page, EXPECT);
    await page.goto(list);
    return [...faults, ...problem(bad.includes('PDF, JPG'), `the reason is missing: ${bad}`), ...(await has(page, 'goed-naast-kwaad'))];
  });
  await at('a file dropped on the form is sent', 1280, true, async (page) => {
    const files = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['naam;x\ngesleept;1\n'], 'gesleept.csv', { type: 'text/csv' }));
      return transfer;
    });
    await page.dispatchEvent('form[data-upload]', 'drop', { dataTransfer: files });
    await press(page);
    await page.waitForURL(/ontvangen=1/);
    return has(page, 'gesleept');
  });
  await at('a newer version is added and the piece is withdrawn', 1280, false, async (page) => {
    await page.getByRole('link', { name: 'gesleept' }).click();
    await page.locator('#bestand').setInputFiles([csv('nieuwer')]);
    await press(page);
    const versions = await page.locator('h2', { hasText: /Versie|Version/ }).count();
    await page.locator('form[action$="/intrekken"] button').click();
    await page.waitForLoadState();
    return [...problem(versions >= 2, `${versions} versions`)];
  });
}

const csv = (name) => ({ name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`naam;x\n${name};1\n`) });
const exe = (name) => ({ name: `${name}.exe`, mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
const problem = (good, text) => (good ? [] : [text]);

async function press(page) {
  await page.locator('form[enctype] button[type=submit]').click();
  await page.waitForLoadState();
}

async function has(page, title) {
  return problem((await page.getByRole('link', { name: title, exact: true }).count()) > 0, `${title} is not in the list at ${page.url()}`);
}
