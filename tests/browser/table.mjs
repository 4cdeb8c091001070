// The agreement grows at the consultation table, told with real clicks: a provider proposes without script on a wide
// screen, the office reacts with script on a phone, the chair decides, and what changed can be read word for word.

import { inspect } from './checks.mjs';
import { open } from './people.mjs';

const SENTENCE = 'De cliënt krijgt een afschrift van het plan.';

export async function testTheTable(browser, app, people, test) {
  const told = { browser, app, people, proposal: undefined, version: undefined };
  const part = (name, role, how, body) =>
    test(`at the table: ${name}`, async () => {
      if (!people[role]) return [`${role} is not signed in`];
      const page = await open(browser, people[role], how.width, how.script);
      try {
        return await body(page, told, how);
      } finally {
        await page.context().close();
      }
    });
  const [wide, phone] = [{ width: 1280, script: false }, { width: 375, script: true }];
  await part('a provider proposes other words for an article, without script', 'provider', wide, proposes);
  await part('the municipality reacts, on a phone', 'contract_manager', phone, reacts);
  await part('the chair decides, and the proposal says what was decided and why', 'contract_manager', wide, decides);
  await part('what changed is marked word for word and names the decision', 'contract_manager', phone, readsChanges);
  await part('the provider reads the same, and the decision has no page of the office for him', 'provider', wide, readsOwnChanges);
}

async function proposes(page, told) {
  await page.goto(`${told.app.base}/mijn/tafels`);
  await press(page, 'main a[href^="/mijn/tafels/"]');
  await press(page, 'main a[href*="/voorstellen/nieuw"]');
  const change = page.locator('main a[href*="soort=change"]').nth(6);
  await change.click();
  await page.waitForLoadState();
  const words = page.locator('main textarea[name=tekst]');
  await words.fill(`${await words.inputValue()}\n\n${SENTENCE}`);
  await page.fill('main textarea[name=motief]', 'Dan weet de cliënt wat er is afgesproken.');
  await press(page, 'main form[action$="/voorstellen"] button[type=submit]');
  told.proposal = new URL(page.url()).pathname.replace(/^\/mijn/, '');
  const shown = await page.locator('main ins').allInnerTexts();
  return shown.some((added) => added.includes('afschrift')) ? [] : [`the added words are not marked at ${page.url()}: ${shown}`];
}

async function reacts(page, told) {
  await page.goto(told.app.base + told.proposal);
  await page.check('main input[name=mening][value=agree]');
  await press(page, 'main form[action$="/reacties"] button[type=submit]');
  const problems = await inspect(page, { lang: 'nl' });
  if (!/eens\s+M\. de Wit/.test(await page.locator('main .talk').innerText())) problems.push('the reaction is not shown');
  return problems;
}

async function decides(page, told) {
  await page.goto(`${told.app.base}${told.proposal}/besluit`);
  await page.check('main input[name=besluit][value=adopted]');
  await page.fill('main textarea[name=reden]', 'De tafel is het eens.');
  // One can still react: the chair confirms that he knows.
  await page.check('main input[name=bevestigd]');
  await press(page, 'main form[action$="/besluit"] button[type=submit]');
  const words = await page.locator('main').innerText();
  return words.includes('De tafel is het eens.') ? [] : ['the reason of the decision is not shown'];
}

async function readsChanges(page, told) {
  const text = '/overeenkomsten/deelovereenkomst-re-integratie';
  await page.goto(told.app.base + text);
  const changes = page.locator(`main a[href^="${text}/versies/"][href$="/wijzigingen"]`);
  const all = await changes.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  told.changes = all.sort((one, other) => one.localeCompare(other, 'nl', { numeric: true })).at(-1);
  await page.goto(told.app.base + told.changes);
  const problems = await inspect(page, { lang: 'nl' });
  const added = await page.locator('main ins').allInnerTexts();
  if (!added.some((one) => one.includes('afschrift'))) problems.push('the words that were adopted are not marked');
  const born = page.locator(`main a[href="${told.proposal}"]`);
  if ((await born.count()) !== 1) problems.push('the article does not name the decision it was born from');
  return problems;
}

async function readsOwnChanges(page, told) {
  await page.goto(told.app.base + told.changes.replace('/overeenkomsten/', '/mijn/overeenkomst/'));
  const words = await page.locator('main').innerText();
  const problems = [];
  if (!words.includes('Ontstaan uit besluit')) problems.push('the article does not name the decision it was born from');
  if ((await page.locator('main a[href^="/tafels/"]').count()) > 0) problems.push('a link leads to a page of the office');
  return problems;
}

async function press(page, button) {
  await page.locator(button).first().click();
  await page.waitForLoadState();
}
