// What an assessor does in the workbench: reads the pages of a file, judges by Ctrl+Enter, and judges many at once.

import { open } from './people.mjs';

const CRITERION = /\/aanmeldingen\/[\d-]+\/eisen\/\w+/;

export async function testTheBench(browser, app, assessor, test) {
  const sitting = (name, body, script = true) =>
    test(name, async () => {
      if (!assessor) return ['the assessor is not signed in'];
      const page = await open(browser, assessor, 1280, script);
      try {
        return await body(page);
      } finally {
        await page.context().close();
      }
    });
  await sitting('the pages of the evidence are pictures, and the file itself is only saved', (page) => seesPictures(page, app));
  await sitting('Ctrl+Enter saves a verdict and goes on, and says so when there is none', (page) => judgesByKeys(page, app));
  await sitting('one verdict goes to many providers after a page that names them, without script', (page) => judgesMany(page, app), false);
}

/** The first criterion that waits, by way of the work queue. */
async function toTheFirst(page, app) {
  await page.goto(`${app.base}/werkvoorraad?van=mij`);
  await page.locator('main a[href^="/aanmeldingen/"]', { hasText: /^\d+ eisen beoordelen/ }).first().click();
  await page.locator('.title .buttons a').first().click();
  await page.waitForURL(CRITERION);
}

async function seesPictures(page, app) {
  await toTheFirst(page, app);
  const picture = page.locator('.viewer img').first();
  const drawn = () => picture.evaluate((image) => image.complete && image.naturalWidth > 500);
  const problems = [];
  for (let tries = 0; !(await drawn()) && tries < 50; tries += 1) await page.waitForTimeout(200);
  if (!(await drawn())) problems.push('the first page was not drawn');
  if ((await page.locator('embed, object, iframe').count()) > 0) problems.push('a file is opened within the page');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('.viewer a[download]').first().click()]);
  if (!saved.suggestedFilename().includes('.')) problems.push(`saved as ${saved.suggestedFilename()}`);
  return problems;
}

async function judgesByKeys(page, app) {
  await toTheFirst(page, app);
  const problems = [];
  const first = page.url();
  if (!(await page.locator('[data-keys-hint]').isVisible())) problems.push('the keys are not told');
  await page.keyboard.press('Control+Enter');
  await page.locator('.field-error').waitFor();
  await page.locator('#oordeel-met').check();
  await page.locator('#motivering').fill('Gezien.');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => CRITERION.test(url.pathname) && url.href !== first);
  await page.goto(first);
  if (!(await page.locator('.title .meta').innerText()).includes('Voldoet')) problems.push('the verdict was not kept');
  return problems;
}

async function judgesMany(page, app) {
  await page.goto(`${app.base}/werkvoorraad`);
  await page.locator('main a[href^="/kwaliteitseisen/"]').last().click();
  await page.waitForLoadState();
  const boxes = await page.locator('input[name=gekozen]').all();
  const names = await page.locator('tr:has(input[name=gekozen]) label').allInnerTexts();
  for (const box of boxes) await box.check();
  await page.locator('#oordeel-met').check();
  await page.locator('button[value=controleren]').click();
  await page.waitForLoadState();
  const check = await page.locator('main').innerText();
  const problems = names.filter((name) => !check.includes(name.trim())).map((name) => `${name} is not named`);
  if (names.length < 2) problems.push(`only ${names.length} could be ticked`);
  await page.locator('button[value=vastleggen]').click();
  await page.waitForURL(/beoordeeld=/);
  if (!page.url().endsWith(`beoordeeld=${names.length}`)) problems.push(`ended at ${page.url()}`);
  if ((await page.locator('input[name=gekozen]').count()) > 0) problems.push('somebody still waits');
  return problems;
}
