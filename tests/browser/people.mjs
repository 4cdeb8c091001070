// Somebody at a browser: signs in by the link from the demonstration, chooses a language. Script is switched off
// here, because every form must work without it.

/** A page of a browser of its own, as `state` (cookies) left it. */
export async function open(browser, state, width = 1280, script = true) {
  const context = await browser.newContext({
    storageState: state,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    locale: 'nl-NL',
    javaScriptEnabled: script,
  });
  return context.newPage();
}

/** Opens the one-time link of a role and confirms; a visitor has none. Returns the cookies and what went wrong. */
export async function signIn(browser, app, role) {
  const page = await open(browser, undefined, 1280, false);
  const problems = [];
  if (role === 'visitor') {
    await page.goto(app.base);
  } else {
    const link = app.links[role];
    if (!link) throw new Error(`aanmeldlinks.json has no link for ${role}`);
    await page.goto(link);
    await page.locator('main form button').first().click();
    await page.waitForLoadState();
    if (page.url().includes('/inloggen')) problems.push(`still at ${page.url()} after the button`);
    if ((await page.locator('form[action="/uitloggen"]').count()) === 0) problems.push('no button to sign out');
  }
  const state = await page.context().storageState();
  await page.context().close();
  return { state, problems };
}

/** Switches the language with the button of the page, unless it is spoken already; returns the cookies. */
export async function speak(browser, app, state, lang) {
  const page = await open(browser, state, 1280, false);
  await page.goto(app.base);
  const spoken = () => page.locator('html').getAttribute('lang');
  if (!(await spoken()).startsWith(lang)) {
    await page.locator(`form[action="/taal"] button[value="${lang}"]`).click();
    await page.waitForLoadState();
  }
  if (!(await spoken()).startsWith(lang)) throw new Error(`the page still speaks ${await spoken()}`);
  const after = await page.context().storageState();
  await page.context().close();
  return after;
}
