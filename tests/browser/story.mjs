// From application to admission, told twice with real clicks: once without script and on a wide screen for an
// applicant who is admitted after a supplement, once with script and on a phone for one who is refused.

import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from './checks.mjs';
import { open } from './people.mjs';

const TOWN = '/gemeenten/noordermeer';
const MAIL_MS = 20_000;
const PASSWORD = 'waterland-fietspad-novemberzon';

/** Whom the two stories are about; nobody of them exists. */
const ADMITTED = { firm: 'Verhaal Vooruit', kvk: '90008801', name: 'Noor Vermeer', email: 'noor@verhaal.example', width: 1280, script: false };
const REFUSED = { firm: 'Half Werk Advies', kvk: '90008802', name: 'Bram de Wit', email: 'bram@halfwerk.example', width: 375, script: true };

export async function testTheStory(browser, app, people, test) {
  for (const [hero, end] of [[ADMITTED, admitted], [REFUSED, refused]]) {
    const how = `${hero.width} px ${hero.script ? 'with' : 'without'} script`;
    const told = { app, hero, problems: [] };
    const part = (name, body) => test(`${hero.firm}, ${how}: ${name}`, () => during(browser, told, body, people));
    await part('applies and chooses a password and a code', applies);
    await part('fills in every step and shows evidence for every criterion', fillsIn);
    await part('hands in and gets a receipt', handsIn);
    await end(part);
  }
}

async function admitted(part) {
  await part('an assessor judges all but one, and asks a supplement for that one', (told, people) => judges(told, people, { short: 'repair_asked' }));
  await part('a supplement is asked for what is lacking', asksSupplement);
  await part('the applicant opens only what was asked, and supplements', supplements);
  await part('the assessor judges what came in, and advises to admit', async (told, people) => {
    await judges(told, people, {});
    await advises(told, people, 'admitted');
  });
  await part('another person decides, and the letter says so', (told, people) => decides(told, people, 'toelaten', 'toelating'));
}

async function refused(part) {
  await part('an assessor finds a criterion not met, with the reason', (told, people) => judges(told, people, { short: 'not_met' }));
  await part('the assessor advises to refuse', (told, people) => advises(told, people, 'refused'));
  await part('another person refuses, with reason, term and remedy in the letter', (told, people) => decides(told, people, 'afwijzen', 'afwijzing'));
}

/** One part of a story: its pages, all looked at by axe as they come. */
async function during(browser, told, body, people) {
  Object.assign(told, { browser, problems: [], twin: undefined });
  try {
    await body(told, people);
  } finally {
    await told.twin?.context().close();
  }
  return told.problems;
}

/** A page of somebody's own browser; what people of the house see is judged as well. */
export async function sitting(told, state, body) {
  const page = await open(told.browser, state, told.hero.width, told.hero.script);
  try {
    await body(page);
    return await page.context().storageState();
  } finally {
    await page.context().close();
  }
}

async function applies(told) {
  const { hero, app } = told;
  told.state = await sitting(told, undefined, async (page) => {
    await page.goto(`${app.base}${TOWN}`);
    await look(told, page);
    await page.goto(`${app.base}${TOWN}/aanmelden`);
    await look(told, page);
    for (const [id, value] of [['organisatie', hero.firm], ['kvk', hero.kvk], ['naam', hero.name], ['email', hero.email]]) await page.fill(`#${id}`, value);
    await press(page, 'main form button[type=submit]');
    await look(told, page);
    await settles(told, page, await linkFor(app, hero.email, '/inloggen/uitnodiging/'));
    await page.goto(`${app.base}/mijn`);
    await look(told, page);
    const link = page.locator('main a[href^="/mijn/aanmeldingen/"]').first();
    if ((await link.count()) === 0) throw new Error(`no application on /mijn: ${await page.locator('main').innerText()}`);
    hero.dossier = await link.getAttribute('href');
    hero.number = hero.dossier.split('/').at(-1);
  });
}

/** Follows an invitation: a password, an app for codes, and the codes for when the app is lost. */
export async function settles(told, page, link) {
  const { hero } = told;
  await page.goto(link);
  await look(told, page);
  for (const field of await page.locator('main input[type=password]').all()) await field.fill(PASSWORD);
  await press(page, 'main form button[type=submit]');
  await look(told, page);
  hero.secret = (await page.locator('main .mono').innerText()).trim();
  await page.locator('main form input:not([type=hidden])').fill(codeNow(hero.secret));
  await press(page, 'main form button[type=submit]');
  await look(told, page);
  await press(page, 'main form[action="/inloggen/herstelcodes"] button');
}

/** What every step asks, by the name of its field; a choice by its value. */
const STEPS = {
  organisatie: { naam: (hero) => hero.firm, rechtsvorm: () => 'stichting', straat: () => 'Dorpsstraat 1', postcode: () => '1234 AB', plaats: () => 'Noordermeer', omvang: () => ['micro'] },
  contactpersoon: { naam: (hero) => hero.name, telefoon: () => '0500 000 001', email: (hero) => hero.email },
  locaties: { 'straat-0': () => 'Dorpsstraat 1', 'plaats-0': () => 'Noordermeer', 'toegankelijk-0': () => true },
  aanbod: { producten: () => 'first', profielen: () => 'first' },
  tekenbevoegde: { naam: (hero) => hero.name, functie: () => 'directeur', email: (hero) => hero.email, bevoegdheid: () => ['register'] },
  verklaring: { 'geen-uitsluiting': () => true, geschikt: () => true, volledig: () => true },
};

async function fillsIn(told) {
  const { hero, app } = told;
  told.state = await sitting(told, told.state, async (page) => {
    for (const [step, fields] of Object.entries(STEPS)) {
      await page.goto(`${app.base}${hero.dossier}/stappen/${step}`);
      for (const [name, value] of Object.entries(fields)) await answer(page, name, value(hero));
      await look(told, page);
      await press(page, 'main button[value=verder]');
      if (new URL(page.url()).pathname.endsWith(`/${step}`)) throw new Error(`step ${step} was refused: ${await page.locator('main [role=alert]').innerText()}`);
    }
    await page.goto(`${app.base}${hero.dossier}`);
    await look(told, page);
    const hrefs = await page.locator(`main a[href^="${hero.dossier}/eisen/"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const href of new Set(hrefs)) await meets(told, page, href);
  });
}

/** Answers one criterion in the way its page offers. */
async function meets(told, page, href) {
  await page.goto(told.app.base + href);
  if ((await page.locator('#akkoord').count()) > 0) {
    await page.check('#akkoord');
    await press(page, 'main form[action$="/verklaring"] button[type=submit]');
  } else if ((await page.locator('#verklaring').count()) > 0) {
    await page.fill('#verklaring', 'Wij doen dit volgens onze werkwijze van dit jaar.');
    await press(page, 'main form[action$="/verklaring"] button[type=submit]');
  } else if ((await page.locator('main form[enctype]').count()) > 0) {
    await page.locator('main form[enctype] input[type=file]').setInputFiles(evidence(told, href));
    await press(page, 'main form[enctype] button[type=submit]');
    await page.locator('#getoond ~ .criterion').first().waitFor();
  }
  await look(told, page);
}

async function handsIn(told) {
  const { hero, app } = told;
  await sitting(told, told.state, async (page) => {
    await page.goto(`${app.base}${hero.dossier}/indienen`);
    await look(told, page);
    await press(page, 'main form button[type=submit]');
    await look(told, page);
    if (!page.url().includes('/ontvangst/')) throw new Error(`no receipt at ${page.url()}: ${await page.locator('main').innerText()}`);
  });
}

/** Judges every criterion that waits; the first that files were shown for gets `short`, if that is given. */
async function judges(told, people, { short }) {
  const { hero, app } = told;
  await sitting(told, people.assessor, async (page) => {
    await page.goto(`${app.base}/werkvoorraad`);
    await look(told, page);
    await page.goto(`${app.base}/aanmeldingen/${hero.number}`);
    await look(told, page);
    const takeUp = page.locator('main a[href$="/handelingen/in-toetsing"]');
    if ((await takeUp.count()) > 0) {
      await takeUp.click();
      await page.waitForLoadState();
      await press(page, 'main form button[value=vastleggen]');
    }
    await page.goto(`${app.base}/aanmeldingen/${hero.number}`);
    const hrefs = await page.locator(`main th a[href*="/eisen/"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    if (hrefs.length === 0) throw new Error('no criterion can be opened');
    let lacking = short;
    for (const href of hrefs) {
      await page.goto(app.base + href);
      const choices = page.locator('main input[name=oordeel]');
      if ((await choices.count()) === 0 || (await page.locator('main input[name=oordeel]:checked').count()) > 0) continue;
      const verdict = lacking && (await page.locator('main section.viewer').count()) > 0 ? lacking : 'met';
      if (verdict === lacking) {
        lacking = undefined;
        hero.lacking = href.split('/').at(-1).split('?')[0];
      }
      await page.check(`#oordeel-${verdict}`);
      if (verdict !== 'met') await page.fill('#motivering', 'Het stuk is niet ondertekend.');
      await look(told, page);
      await press(page, 'main form.decide button[type=submit]');
    }
  });
}

async function asksSupplement(told, people) {
  const { hero, app } = told;
  await sitting(told, people.assessor, async (page) => {
    await page.goto(`${app.base}/aanmeldingen/${hero.number}/aanvulling`);
    const part = page.locator(`main input[name=onderdeel][value$="${hero.lacking}"]`);
    await part.check();
    await page.fill(`[name="woorden/${await part.getAttribute('value')}"]`, 'Stuur het stuk met een handtekening.');
    await look(told, page);
    await press(page, 'main button[value=controleren]');
    await look(told, page);
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
  });
  await linkFor(app, hero.email, hero.dossier);
}

async function supplements(told) {
  const { hero, app } = told;
  await sitting(told, told.state, async (page) => {
    await page.goto(`${app.base}${hero.dossier}`);
    await look(told, page);
    await page.goto(`${app.base}${hero.dossier}/stappen/organisatie`);
    if ((await page.locator('main form').count()) > 0) told.problems.push('a step that was not asked is open');
    await meets(told, page, `${hero.dossier}/eisen/${hero.lacking}`);
    await page.goto(`${app.base}${hero.dossier}/indienen`);
    await press(page, 'main form button[type=submit]');
    await look(told, page);
    if (!page.url().includes('/ontvangst/')) throw new Error(`no receipt at ${page.url()}`);
  });
}

async function advises(told, people, outcome) {
  const { hero, app } = told;
  await sitting(told, people.assessor, async (page) => {
    await page.goto(`${app.base}/aanmeldingen/${hero.number}/handelingen/advies`);
    await page.check(`#voorstel-${outcome}`);
    await page.fill('#woorden', 'Alle eisen zijn bekeken.');
    await look(told, page);
    await press(page, 'main button[value=controleren]');
    await look(told, page);
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
  });
}

async function decides(told, people, act, letter) {
  const { hero, app } = told;
  await sitting(told, people.assessor, async (page) => {
    const answer = await page.goto(`${app.base}/aanmeldingen/${hero.number}/handelingen/${act}`);
    if (answer.status() === 200 && (await page.locator('main form button[value=vastleggen]').count()) > 0) told.problems.push('who advised can also decide');
  });
  await sitting(told, people.decision_maker, async (page) => {
    await page.goto(`${app.base}/aanmeldingen/${hero.number}/handelingen/${act}`);
    if ((await page.locator('#woorden').count()) > 0) await page.fill('#woorden', 'Wij volgen het advies.');
    await look(told, page);
    if ((await page.locator('main button[value=controleren]').count()) > 0) await press(page, 'main button[value=controleren]');
    await look(told, page);
    await press(page, 'main button[value=vastleggen]');
    await look(told, page);
  });
  await sitting(told, told.state, async (page) => {
    const answer = await page.goto(`${app.base}${hero.dossier}/brieven/${letter}`);
    if (answer.status() !== 200) throw new Error(`the letter is ${answer.status()}`);
    await look(told, page);
    const words = await page.locator('main').innerText();
    if (!words.includes(hero.firm)) told.problems.push(`the letter does not name ${hero.firm}`);
    if (act === 'afwijzen' && !words.includes('niet ondertekend')) told.problems.push('the letter does not give the reason');
    await page.goto(`${app.base}${hero.dossier}`);
    await look(told, page);
  });
}

/** What axe and our own rules find on the page that is open. */
export async function look(told, page) {
  const url = page.url();
  const shown = told.hero.script ? page : await twin(told, url, await page.content());
  const faults = await inspect(shown, { lang: 'nl' });
  told.problems.push(...faults.map((fault) => `${new URL(url).pathname}: ${fault}`));
}

/** The same page where script runs: axe is a script itself. */
async function twin(told, url, body) {
  told.twin ??= await open(told.browser, undefined, told.hero.width);
  await told.twin.unrouteAll();
  await told.twin.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await told.twin.goto(url);
  return told.twin;
}

export async function press(page, button) {
  await page.locator(button).first().click();
  await page.waitForLoadState();
}

/** Fills one field: a text, a tick (true), one or more choices by value, or the first that there is. */
async function answer(page, name, value) {
  const choice = page.locator(`main [name="${name}"]`);
  if (value === true || value === 'first') await choice.first().check();
  else if (Array.isArray(value)) for (const one of value) await page.check(`main [name="${name}"][value="${one}"]`);
  else await choice.fill(value);
}

/** A real PDF, under a name of its own for every criterion. */
function evidence({ app, hero }, href) {
  const reports = join(app.folder, 'rapporten');
  const pdf = readdirSync(reports, { recursive: true }).filter((name) => name.endsWith('.pdf')).sort()[0];
  return { name: `${hero.number}-${href.split('/').at(-1)}.pdf`, mimeType: 'application/pdf', buffer: readFileSync(join(reports, pdf)) };
}

/** The link of this kind in a mail to this address, as soon as it lies in the demonstration's folder. */
export async function linkFor(app, address, kind) {
  const folder = join(app.folder, 'mail');
  for (const deadline = Date.now() + MAIL_MS; Date.now() < deadline; await pause(200)) {
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.eml')).sort().reverse()) {
      const mail = readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', '').replaceAll('=3D', '=');
      const link = mail.match(/https?:\/\/[^\s<>"]+/)?.[0];
      if (mail.includes(address) && link?.includes(kind)) return link;
    }
  }
  throw new Error(`no mail with ${kind} to ${address} in ${folder}`);
}

/** The code of this moment (RFC 6238, 30 seconds, SHA-1, six digits). */
export function codeNow(secret) {
  const bits = [...secret.replace(/[\s=]/g, '').toUpperCase()].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest.at(-1) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
