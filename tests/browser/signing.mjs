// From an offer to an agreement, with real clicks: who was admitted in the story before signs a first agreement without
// script and with the code of its app; the provider that the demonstration shows accepts a change with script, on a phone
// and with a code by mail. The decision maker signs both at once.

import { speak } from './people.mjs';
import { ADMITTED, codeNow, linkFor, look, press, sitting } from './story.mjs';

const SHOWN = { firm: 'Stichting Werkpad Noord', width: 375, script: true };
const OFFICE = { width: 1280, script: false };

export async function testSigning(browser, app, people, test) {
  const first = { browser, app, hero: ADMITTED, state: ADMITTED.state };
  const change = { browser, app, hero: SHOWN };
  const office = { browser, app, hero: OFFICE };
  const part = (told, name, body) =>
    test(`signing, ${told.hero.firm ?? 'the municipality'}, ${told.hero.width} px ${told.hero.script ? 'with' : 'without'} script: ${name}`, async () => {
      told.problems = [];
      try {
        await body(told);
      } finally {
        await told.twin?.context().close();
        told.twin = undefined;
      }
      return told.problems;
    });

  for (const role of ['contract_manager', 'provider']) people[role] = await speak(browser, app, people[role], 'nl');
  change.state = people.provider;
  await part(office, 'offers the agreement to who was admitted', (told) => offers(told, people.contract_manager));
  await part(first, 'who may not sign makes somebody signatory', namesSignatory);
  await part(first, 'nothing is signed without ticks or with a wrong code', refused);
  await part(first, 'signs with the code of the app, once', signsWithTheApp);
  await part(change, 'reads what changes, and signs with a code by mail', signsWithMail);
  people.provider = change.state;
  await part(office, 'signs both at once, and then the agreements are there', async (told) => {
    await countersigns(told, people.decision_maker);
    await isActive(told, people.contract_manager, first);
  });
  await part(first, 'both signatures are on its receipt and its papers', (told) => hasPapers(told));
  await part(change, 'both signatures are on its receipt and its papers', (told) => hasPapers(told));
}

async function offers(told, state) {
  await sitting(told, state, async (page) => {
    await page.goto(`${told.app.base}/toetreding`);
    await look(told, page);
    await press(page, 'main a[href="/overeenkomsten/deelovereenkomst-re-integratie/aanbod"]');
    await look(told, page);
    for (const tick of await page.locator('main input[name=aanbieder]').all()) await tick.uncheck();
    await page.getByLabel(ADMITTED.firm, { exact: true }).check();
    await press(page, 'main button[value=controleren]');
    await look(told, page);
    expect(told, (await page.locator('main li').allInnerTexts()).join().includes(ADMITTED.firm), 'the check page does not name the provider');
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
    expect(told, /\/aanbod\/\d+$/.test(page.url()), `after offering at ${page.url()}`);
  });
}

async function namesSignatory(told) {
  const { hero, app } = told;
  told.state = await sitting(told, told.state, async (page) => {
    await page.goto(`${app.base}/mijn`);
    await look(told, page);
    const offer = page.locator('main a[href^="/mijn/overeenkomst/"][href$="/tekenen"]').first();
    told.path = await offer.getAttribute('href');
    await page.goto(app.base + told.path);
    await look(told, page);
    expect(told, (await page.locator('form.sign').count()) === 0, 'who is no signatory can sign');
    await press(page, 'main a[href$="/gebruikers"]');
    await page.fill('#naam', hero.name);
    await page.fill('#email', hero.email);
    await page.selectOption('#rol', 'provider_signatory');
    await press(page, 'main form:has(#rol) button[type=submit]');
    await switchTo(page, app, 'tekenbevoegd');
    await page.goto(app.base + told.path);
    expect(told, (await page.locator('form.sign').count()) === 1, `nothing to sign on ${page.url()}`);
  });
}

async function refused(told) {
  await sitting(told, told.state, async (page) => {
    await page.goto(told.app.base + told.path);
    for (const box of ['#gelezen', '#bevoegd']) expect(told, !(await page.isChecked(box)), `${box} is ticked beforehand`);
    await page.fill('#functie', 'directeur');
    await press(page, 'form.sign button[type=submit]');
    await look(told, page);
    expect(told, (await page.locator('main [role=alert] a[href="#gelezen"]').count()) === 1, 'no word about the tick');
    await ticks(page, '000000');
    await press(page, 'form.sign button[type=submit]');
    await look(told, page);
    expect(told, (await page.locator('main [role=alert] a[href="#code"]').count()) === 1, 'a wrong code is not told');
  });
}

async function signsWithTheApp(told) {
  await sitting(told, told.state, async (page) => {
    await page.goto(told.app.base + told.path);
    await ticks(page, codeNow(told.hero.secret));
    await press(page, 'form.sign button[type=submit]');
    await look(told, page);
    expect(told, page.url().endsWith('/ontvangst'), `after signing at ${page.url()}`);
    await page.goto(told.app.base + told.path);
    await look(told, page);
    expect(told, (await page.locator('form.sign').count()) === 0, 'what is signed can be signed again');
  });
}

async function signsWithMail(told) {
  const { app } = told;
  told.state = await sitting(told, told.state, async (page) => {
    await switchTo(page, app, 'tekenbevoegd');
    await page.goto(`${app.base}/mijn/overeenkomst`);
    await press(page, 'main a[href^="/mijn/overeenkomst/deelovereenkomst"]');
    await look(told, page);
    const box = page.locator('section[aria-labelledby=ondertekenen] a');
    expect(told, (await box.count()) === 1, `no box to sign in on ${page.url()}`);
    told.path = await box.getAttribute('href');
    await box.click();
    await page.waitForLoadState();
    await look(told, page);
    expect(told, (await page.locator('main ins, main del').count()) > 0, 'the changed words are not shown');
    await press(page, 'form.sign button[formaction]');
    await look(told, page);
    await page.goto(await linkFor(app, '', `${told.path}?code=`));
    const code = await page.inputValue('#code');
    await ticks(page, code);
    await press(page, 'form.sign button[type=submit]');
    await look(told, page);
    expect(told, page.url().endsWith('/ontvangst'), `after signing at ${page.url()}`);
  });
}

async function countersigns(told, state) {
  await sitting(told, state, async (page) => {
    await page.goto(`${told.app.base}/toetreding/tekenen`);
    await look(told, page);
    for (const tick of await page.locator('main input[name=gekozen]').all()) await tick.uncheck();
    for (const firm of [ADMITTED.firm, SHOWN.firm]) await page.getByLabel(firm, { exact: true }).check();
    await press(page, 'main button[value=controleren]');
    await look(told, page);
    await press(page, 'main button[value=code]');
    await page.fill('#functie', 'afdelingshoofd');
    await page.fill('#code', (await linkFor(told.app, '', '/toetreding/tekenen#')).slice(-8));
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
    for (const firm of [ADMITTED.firm, SHOWN.firm]) {
      const waits = await page.locator('main tr:has(input[name=gekozen])', { hasText: firm }).count();
      expect(told, waits === 0, `${firm} still waits for a signature`);
    }
  });
}

/** The page of who works under which version names who signed just now. */
async function isActive(told, state, first) {
  await sitting(told, state, async (page) => {
    await page.goto(`${told.app.base}/toetreding`);
    await look(told, page);
    const row = await page.locator('main tr', { hasText: ADMITTED.firm }).first().innerText();
    expect(told, /\d{4}-\d{3}/.test(row), `no number of an agreement in: ${row}`);
    for (const paper of ['overeenkomst.pdf', 'bewijs.pdf']) {
      const id = first.path.split('/')[3];
      const answer = await page.request.get(`${told.app.base}/toetreding/${id}/${paper}`);
      expect(told, answer.status() === 200, `${paper} is ${answer.status()}`);
    }
  });
}

async function hasPapers(told) {
  await sitting(told, told.state, async (page) => {
    const path = told.app.base + told.path.replace('/tekenen', '');
    await page.goto(`${path}/ontvangst`);
    await look(told, page);
    const words = await page.locator('main').innerText();
    for (const said of ['directeur', 'afdelingshoofd']) expect(told, words.includes(said), `the receipt does not name the ${said}`);
    for (const paper of ['overeenkomst.pdf', 'bewijs.pdf']) {
      const answer = await page.request.get(`${path}/${paper}`);
      const begin = (await answer.body()).subarray(0, 5).toString();
      expect(told, answer.status() === 200 && begin === '%PDF-', `${paper} is ${answer.status()} and begins with ${begin}`);
    }
  });
}

/** Goes on in another role of the same person, by a word of its name. */
async function switchTo(page, app, word) {
  await page.goto(`${app.base}/wisselen`);
  await press(page, `main li:has-text("${word}") button`);
}

async function ticks(page, code) {
  await page.check('#gelezen');
  await page.check('#bevoegd');
  await page.fill('#functie', 'directeur');
  await page.fill('#code', code);
}

function expect(told, good, text) {
  if (!good) told.problems.push(text);
}
