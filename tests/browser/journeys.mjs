// What people do with forms, all of it with script switched off.

import { open } from './people.mjs';

/** The journeys, in this order: the last one signs everybody out. */
export async function testTheJourneys(browser, app, people, test) {
  const journey = (name, role, body) =>
    test(name, async () => {
      if (!people[role]) return [`${role} is not signed in`];
      const page = await open(browser, people[role], 1280, false);
      try {
        return await body(page, role);
      } finally {
        await page.context().close();
      }
    });

  await journey('a search finds one provider by its name', 'contract_manager', (page) => findsOne(page, app));
  await journey('a search that finds nothing says so and keeps what was typed', 'contract_manager', (page) => findsNothing(page, app));
  for (const role of Object.keys(app.links)) {
    await journey(`the link of ${role} works once`, 'visitor', (page) => worksOnce(page, app.links[role]));
  }
  for (const role of Object.keys(app.links)) {
    await journey(`${role} signs out, for good`, role, (page) => signsOut(browser, page, app, people[role]));
  }
}

async function findsOne(page, app) {
  await page.goto(`${app.base}/aanbieders`);
  const names = await providers(page).allInnerTexts();
  if (names.length < 2) return [`the list shows ${names.length} providers`];
  const sought = names.at(-1).trim();
  await search(page, sought);
  const found = (await providers(page).allInnerTexts()).map((name) => name.trim());
  return found.includes(sought) && found.length < names.length ? [] : [`sought "${sought}" among ${names.length}, found: ${found.join(', ')}`];
}

async function findsNothing(page, app) {
  await page.goto(`${app.base}/aanbieders`);
  await search(page, 'qxqxqx');
  const problems = [];
  if ((await providers(page).count()) > 0) problems.push('providers are shown');
  if ((await page.locator('main input[type=search]').inputValue()) !== 'qxqxqx') problems.push('what was typed is gone');
  if ((await page.locator('main p').count()) === 0) problems.push('no word about it');
  return problems;
}

async function search(page, words) {
  await page.locator('main input[type=search]').fill(words);
  await page.locator('main form:has(input[type=search]) button').first().click();
  await page.waitForLoadState();
}

/** The links of a list to the providers themselves, not to what lies below them. */
function providers(page) {
  return page.locator('main a[href^="/aanbieders/"]:not([href*="/kwartalen"])');
}

async function worksOnce(page, link) {
  await page.goto(link);
  const button = page.locator('main form button');
  if ((await button.count()) > 0) {
    await button.first().click();
    await page.waitForLoadState();
  }
  return (await page.locator('form[action="/uitloggen"]').count()) > 0 ? ['signed in a second time by the same link'] : [];
}

/** Afterwards the old cookie is worth nothing either. */
async function signsOut(browser, page, app, state) {
  await page.goto(app.base);
  await page.locator('form[action="/uitloggen"] button').click();
  await page.waitForLoadState();
  const problems = [];
  if ((await page.locator('form[action="/uitloggen"]').count()) > 0) problems.push('still signed in');
  const thief = await open(browser, state, 1280, false);
  const response = await thief.goto(`${app.base}/aanbieders`);
  if (response.status() === 200 && !thief.url().includes('/inloggen')) problems.push('the old cookie still opens the list');
  await thief.context().close();
  return problems;
}
