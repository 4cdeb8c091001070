// From the table to a signed version, told with real clicks: what the table decided is established and offered; three
// providers sign and the decision maker signs after them; one refuses, and that is its notice. Half of it without script.
// Who comes too late, twice, or in a role that does not sign is told so once.

import { setTimeout as pause } from 'node:timers/promises';
import { codeNow, linkFor, look, press, settles, sitting } from './story.mjs';

const TEXT = '/overeenkomsten/deelovereenkomst-re-integratie';
const STEP_MS = 30_000;
const [WIDE, PHONE] = [{ width: 1280, script: false }, { width: 375, script: true }];

/** The provider that the demonstration signs in as: its code comes by mail. The others have an app. */
const SHOWN = { firm: 'Stichting Werkpad Noord', role: 'provider', position: 'bestuurder', ...PHONE };
const SECOND = { firm: 'De Waterlelie Re-integratie B.V.', name: 'Fenna Waterman', email: 'fenna@waterlelie.example', position: 'directeur', ...WIDE };
const COLLEAGUE = { ...SECOND, name: 'Joris Plomp', email: 'joris@waterlelie.example', ...PHONE };
const THIRD = { firm: 'It Wurkmear B.V.', name: 'Douwe Hylkema', email: 'douwe@wurkmear.example', position: 'eigenaar', ...PHONE };
const REFUSER = { firm: 'Nieuwe Lantaarn Mens en Werk B.V.', name: 'Ilse Wolthuis', email: 'ilse@lantaarn.example', ...WIDE };
const SIGNERS = [SHOWN, SECOND, THIRD];
const REASON = 'Binnen drie weken een plan maken lukt ons niet met dit team.';

export async function testSigning(browser, app, people, test) {
  const part = (hero, name, body) => {
    const how = `${hero.width} px ${hero.script ? 'with' : 'without'} script`;
    return test(`signing, ${hero.firm ?? hero.role}, ${how}: ${name}`, async () => {
      if (hero.role) hero.state = people[hero.role];
      if (!hero.state) return [`${hero.name ?? hero.role} is not signed in`];
      const told = { browser, app, hero, problems: [] };
      try {
        await body(told);
      } finally {
        await told.twin?.context().close();
        if (hero.role) people[hero.role] = hero.state;
      }
      return told.problems;
    });
  };
  const office = (role, how) => ({ role, ...how });
  const newcomer = (hero) => part(office('functional_admin', hero.script ? PHONE : WIDE), `${hero.name} may sign for ${hero.firm}`, (told) => invites(told, hero));

  await part(office('decision_maker', WIDE), 'establishes what the table decided', establishes);
  for (const hero of [SECOND, COLLEAGUE, THIRD, REFUSER]) await newcomer(hero);
  await part(SHOWN, 'who does not sign for it is told who does', isNoSignatory);
  await part(SHOWN, 'an offer that was withdrawn while its page was open is not signed', (told) => signsTooLate(told, office('contract_manager', PHONE), people));
  await part(office('contract_manager', WIDE), 'offers the new version to four', offers);
  await part(SECOND, 'nothing is signed without ticks or with a wrong code', signsHalf);
  await part(SECOND, 'signs with the code of an app, and a second press signs no second time', signsTwice);
  await part(SHOWN, 'reads what changes; who went on in another role signs nothing', signsInAnotherRole);
  await part(SHOWN, 'signs with a code by mail', signsWithMail);
  await part(THIRD, 'signs on a phone', (told) => signs(told, () => nextCode(told.hero)));
  await part(REFUSER, 'does not accept, with a reason, and sees when it ends', refuses);
  await part(office('decision_maker', PHONE), 'signs the three at once, after them', countersigns);
  await part(office('contract_manager', WIDE), 'sees who works under which version, and who stops', seesWhoWorks);
  for (const hero of SIGNERS) await part(hero, 'has a receipt and papers with both signatures', hasPapers);
}

async function establishes(told) {
  await sits(told, async (page) => {
    await page.goto(told.app.base + TEXT);
    const all = await page.locator(`main th a[href^="${TEXT}/versies/"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    await page.goto(told.app.base + newest(all));
    await press(page, 'main a[href$="/vaststellen"]');
    await look(told, page);
    await press(page, 'main form[action$="/vaststellen"] button[type=submit]');
    await look(told, page);
    expect(told, (await alerts(page)).length === 1, 'established without the minutes of the table');
    await page.fill('main textarea[name=woorden]', 'Verslag van de overlegtafel, bladzijde 2');
    await press(page, 'main form[action$="/vaststellen"] button[type=submit]');
    await look(told, page);
    const words = await page.locator('main').innerText();
    expect(told, words.includes('bladzijde 2'), `not established, at ${page.url()}`);
  });
}

/** The functional administrator invites a signatory of a provider, who sets up a password and an app. */
async function invites(told, hero) {
  const { app } = told;
  await sits(told, async (page) => {
    await page.goto(`${app.base}/aanbieders`);
    const href = await page.getByRole('link', { name: hero.firm, exact: true }).first().getAttribute('href');
    await page.goto(`${app.base}/beheer/gebruikers`);
    await page.fill('#naam', hero.name);
    await page.fill('#email', hero.email);
    await page.selectOption('#rol', 'provider_signatory');
    await page.fill('#aanbieder', href.match(/\d+/)[0]);
    await press(page, 'main form:has(#rol) button[type=submit]');
    await look(told, page);
  });
  const own = { ...told, hero, twin: undefined };
  try {
    hero.state = await sitting(own, undefined, async (page) => {
      await settles(own, page, await linkFor(app, hero.email, '/inloggen/uitnodiging/'));
      hero.used = step();
      await page.goto(`${app.base}/mijn`);
      await look(own, page);
    });
  } finally {
    await own.twin?.context().close();
  }
}

async function isNoSignatory(told) {
  const { hero } = told;
  await sits(told, async (page) => {
    await toTheOffer(told, page);
    hero.first = hero.path;
    const words = await page.locator('main [aria-labelledby=bevoegde]').innerText();
    expect(told, words.includes('Alleen wie namens'), `no word about who signs: ${words}`);
    expect(told, (await page.locator('form.sign').count()) === 0, 'who may not sign has a form to sign with');
  });
}

/** The sign page of the earlier offer stands open while the office takes that offer back. */
async function signsTooLate(told, office, people) {
  const { hero, app } = told;
  await sits(told, async (page) => {
    await goesOnAs(page, app, 'tekenbevoegde');
    await page.goto(app.base + hero.first);
    await fillsIn(page, hero, '12345678');
    const beside = { ...told, hero: { ...office, state: people[office.role] }, twin: undefined };
    await sits(beside, async (desk) => {
      await desk.goto(`${app.base}${TEXT}/aanbod`);
      await press(desk, `main a[href^="${TEXT}/aanbod/"]`);
      await look(beside, desk);
      await press(desk, 'main form[action$="/intrekken"] button');
      expect(told, (await alerts(desk)).length === 1, 'withdrawn without a reason');
      await desk.fill('#reden', 'Er komt een nieuwe versie.');
      await press(desk, 'main form[action$="/intrekken"] button');
      await look(beside, desk);
    });
    await press(page, '#teken');
    await look(told, page);
    const said = await alerts(page);
    const clear = said.length === 1 && said[0].includes('ingetrokken. Reden: Er komt een nieuwe versie.');
    expect(told, clear, `said of a withdrawn offer: ${said.join(' | ')}`);
    const times = (await page.locator('main').innerText()).split('ingetrokken. Reden').length - 1;
    expect(told, times === 1, `a withdrawn offer is told ${times} times`);
    expect(told, (await page.locator('form.sign').count()) === 0, 'a withdrawn offer can be signed still');
    await goesOnAs(page, app, ', aanbieder');
  });
}

async function offers(told) {
  await sits(told, async (page) => {
    await page.goto(`${told.app.base}/toetreding`);
    await press(page, `main a[href^="${TEXT}/aanbod?versie="]`);
    await look(told, page);
    for (const tick of await page.locator('main input[name=aanbieder]').all()) await tick.uncheck();
    const four = [...SIGNERS, REFUSER].map((hero) => hero.firm);
    for (const firm of four) await page.getByLabel(firm, { exact: true }).check();
    await press(page, 'main button[value=controleren]');
    await look(told, page);
    const named = await page.locator('main ul.bullets li').allInnerTexts();
    expect(told, named.length === 4 && four.every((firm) => named.some((line) => line.includes(firm))), `the check page names ${named}`);
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
    expect(told, /\/aanbod\/\d+$/.test(page.url()), `after offering at ${page.url()}`);
  });
}

async function signsHalf(told) {
  await sits(told, async (page) => {
    await toTheOffer(told, page);
    for (const box of ['#gelezen', '#bevoegd']) expect(told, !(await page.isChecked(box)), `${box} is ticked beforehand`);
    await page.fill('#functie', told.hero.position);
    await press(page, '#teken');
    await look(told, page);
    expect(told, (await page.locator('main [role=alert] a[href="#gelezen"]').count()) === 1, 'no word about the tick');
    await fillsIn(page, told.hero, '000000');
    await press(page, '#teken');
    await look(told, page);
    expect(told, (await page.locator('main [role=alert] a[href="#code"]').count()) === 1, 'a wrong code is not told');
  });
}

/** The page stands open twice, and once with a colleague: one signature comes of it. */
async function signsTwice(told) {
  const { hero, app } = told;
  const beside = { ...told, hero: COLLEAGUE, twin: undefined };
  await sits(told, async (page) => {
    const again = await page.context().newPage();
    await again.goto(app.base + hero.path);
    await fillsIn(again, hero, '000000');
    await sits(beside, async (other) => {
      await other.goto(app.base + hero.path);
      await fillsIn(other, COLLEAGUE, '000000');
      await page.goto(app.base + hero.path);
      await fillsIn(page, hero, await nextCode(hero));
      await press(page, '#teken');
      await look(told, page);
      expect(told, page.url().endsWith('/ontvangst'), `after signing at ${page.url()}`);
      await press(again, 'form.sign button[type=submit]');
      expect(told, again.url().endsWith('/ontvangst'), `after a second press at ${again.url()}`);
      const signed = await again.locator('main dd', { hasText: hero.position }).count();
      expect(told, signed === 1, `${signed} signatures of one person`);
      await press(other, 'form.sign button[type=submit]');
      await look(beside, other);
      const said = await alerts(other);
      const clear = said.length === 1 && said[0].includes(`${hero.name} heeft dit al getekend`);
      expect(told, clear, `said to the colleague: ${said.join(' | ')}`);
    });
    await page.goto(app.base + hero.path);
    await look(told, page);
    expect(told, (await page.locator('form.sign').count()) === 0, 'what is signed can be signed again');
    expect(told, (await page.locator('main #stand').innerText()).includes('U hebt getekend'), 'the page does not say that it is signed');
  });
}

async function signsInAnotherRole(told) {
  const { hero, app } = told;
  await sits(told, async (page) => {
    await goesOnAs(page, app, 'tekenbevoegde');
    await toTheOffer(told, page);
    const added = await page.locator('main ins').allInnerTexts();
    expect(told, added.some((one) => one.includes('afschrift')), 'what the table decided is not marked on the page to sign on');
    await fillsIn(page, hero, '12345678');
    const beside = await page.context().newPage();
    await goesOnAs(beside, app, ', aanbieder');
    await press(page, '#teken');
    await look(told, page);
    const words = await page.locator('main').innerText();
    expect(told, (await page.locator('form.sign').count()) === 0, 'the form is offered in a role that cannot sign');
    expect(told, words.includes('hoort bij een andere rol'), `said to who went on in another role: ${words}`);
    await goesOnAs(beside, app, 'tekenbevoegde');
  });
}

/** The code is asked for on the page; the link of its mail ends with it and leads back to the page. */
async function signsWithMail(told) {
  const { hero, app } = told;
  await signs(told, async (page) => {
    await press(page, 'form.sign button[formaction]');
    await look(told, page);
    const link = await linkFor(app, '', `${hero.path}#`);
    await page.goto(link);
    return link.slice(-8);
  });
}

async function signs(told, code) {
  const { hero } = told;
  await sits(told, async (page) => {
    await toTheOffer(told, page);
    await fillsIn(page, hero, await code(page));
    await press(page, '#teken');
    await look(told, page);
    expect(told, page.url().endsWith('/ontvangst'), `after signing at ${page.url()}`);
  });
}

async function refuses(told) {
  const { hero, app } = told;
  await sits(told, async (page) => {
    await toTheOffer(told, page);
    await press(page, 'main a[href$="/weigeren"]');
    await look(told, page);
    const warning = await page.locator('main [aria-labelledby=gevolg]').innerText();
    expect(told, warning.includes('telt als opzeggen'), `what follows is not told before: ${warning}`);
    hero.last = warning.match(/\d+ \S+ \d{4}/)?.[0];
    await press(page, 'main form[action$="/weigeren"] button[type=submit]');
    await look(told, page);
    expect(told, (await page.locator('main [role=alert] a[href="#reden"]').count()) === 1, 'refused without a reason');
    await page.fill('#reden', REASON);
    await press(page, 'main form[action$="/weigeren"] button[type=submit]');
    await look(told, page);
    expect(told, (await page.locator('form.sign').count()) === 0, 'what was refused can be signed');
    await page.goto(await linkFor(app, hero.email, '/mijn/looptijd/'));
    await look(told, page);
    await seesNotice(told, page, hero);
  });
}

async function countersigns(told) {
  await sits(told, async (page) => {
    await page.goto(`${told.app.base}/toetreding`);
    await press(page, 'main a[href="/toetreding/tekenen"]');
    await look(told, page);
    expect(told, (await page.getByLabel(REFUSER.firm, { exact: true }).count()) === 0, 'who refused waits for a signature');
    for (const tick of await page.locator('main input[name=gekozen]').all()) await tick.uncheck();
    for (const { firm } of SIGNERS) await page.getByLabel(firm, { exact: true }).check();
    await press(page, 'main button[value=controleren]');
    await look(told, page);
    await press(page, 'main button[value=code]');
    await look(told, page);
    await page.fill('#functie', 'afdelingshoofd');
    await page.fill('#code', (await linkFor(told.app, '', '/toetreding/tekenen#')).slice(-8));
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
    for (const { firm } of SIGNERS) {
      const waits = await page.locator('main tr:has(input[name=gekozen])', { hasText: firm }).count();
      expect(told, waits === 0, `${firm} still waits for a signature`);
    }
  });
}

async function seesWhoWorks(told) {
  await sits(told, async (page) => {
    await page.goto(`${told.app.base}/toetreding`);
    await look(told, page);
    const row = (firm) => page.locator('main tr', { hasText: firm }).filter({ hasText: /\d{4}-\d{3}/ });
    for (const { firm } of SIGNERS) {
      const words = await row(firm).innerText();
      expect(told, /Versie 3\s+vanaf/.test(words) && words.includes('Getekend door beiden'), `${firm}: ${words}`);
    }
    const words = await row(REFUSER.firm).innerText();
    expect(told, /Versie 2[^]*Stopt na \d\d-\d\d-\d{4}/.test(words) && words.includes('Niet aanvaard'), `${REFUSER.firm}: ${words}`);
    const provider = await row(REFUSER.firm).locator('th a').getAttribute('href');
    await page.goto(`${told.app.base}${provider}/overeenkomst`);
    await look(told, page);
    await seesNotice(told, page, REFUSER);
  });
}

/** The page of an agreement says that it was given up, why, and what its last day is. */
async function seesNotice(told, page, hero) {
  const words = await page.locator('main').innerText();
  expect(told, /opgezegd/i.test(words), `the notice is not told at ${page.url()}`);
  expect(told, words.includes(REASON), `the reason is not told at ${page.url()}`);
  expect(told, hero.last && words.includes(hero.last), `the last day, ${hero.last}, is not told at ${page.url()}`);
}

async function hasPapers(told) {
  const { hero, app } = told;
  await sits(told, async (page) => {
    const path = app.base + hero.path.replace('/tekenen', '');
    await page.goto(`${path}/ontvangst`);
    await look(told, page);
    const words = await page.locator('main').innerText();
    for (const said of [hero.position, 'afdelingshoofd']) expect(told, words.includes(said), `the receipt does not name the ${said}`);
    for (const paper of ['overeenkomst.pdf', 'bewijs.pdf']) {
      const answer = await page.request.get(`${path}/${paper}`);
      const begin = (await answer.body()).subarray(0, 5).toString();
      expect(told, answer.status() === 200 && begin === '%PDF-', `${paper} is ${answer.status()} and begins with ${begin}`);
    }
  });
}

/** A page of the hero's own browser; what it left in its cookies is kept. */
async function sits(told, body) {
  told.hero.state = await sitting(told, told.hero.state, body);
}

/** By way of the overview, to the first that can be signed. */
async function toTheOffer(told, page) {
  const { hero, app } = told;
  await page.goto(`${app.base}/mijn`);
  const link = page.locator('main a[href^="/mijn/overeenkomst/"][href$="/tekenen"]').first();
  hero.path = await link.getAttribute('href');
  await link.click();
  await page.waitForLoadState();
  await look(told, page);
}

/** Goes on in another role of the same person, by a word of its name. */
async function goesOnAs(page, app, word) {
  await page.goto(`${app.base}/wisselen`);
  await press(page, `main li:has-text("${word}") button`);
}

async function fillsIn(page, hero, code) {
  await page.check('#gelezen');
  await page.check('#bevoegd');
  await page.fill('#functie', hero.position);
  await page.fill('#code', code);
}

/** What the page complains about, line by line. */
function alerts(page) {
  return page.locator('main [role=alert] li').allInnerTexts();
}

/** A code works once: the next one of the app, as soon as it shows it. */
async function nextCode(hero) {
  while (step() <= hero.used) await pause(STEP_MS - (Date.now() % STEP_MS));
  hero.used = step();
  return codeNow(hero.secret);
}

/** The page of the version with the highest number. */
function newest(hrefs) {
  return hrefs.toSorted((one, other) => one.localeCompare(other, 'nl', { numeric: true })).at(-1);
}

function step() {
  return Math.floor(Date.now() / STEP_MS);
}

function expect(told, good, text) {
  if (!good) told.problems.push(text);
}
