// What every page must be, whoever looks at it: one visit, a list of what is wrong with it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SMALLEST_TARGET = 24;
const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:document'],
  // How a template indents or writes a void element is not what a reader gets; all files are our own (no SRI).
  rules: { 'no-trailing-whitespace': 'off', 'void-style': 'off', 'doctype-style': 'off', 'long-title': 'off', 'require-sri': 'off' },
});

/** Opens `url` and returns what is wrong, as lines of text; `expect` is { status, lang, valid: whether HTML counts }. */
export async function visit(page, url, expect) {
  const base = new URL(url).origin;
  const problems = [];
  const watch = {
    console: (message) => {
      // Chromium itself reports a page that was asked for and is rightly refused.
      const refused = expect.status >= 400 && message.text().startsWith('Failed to load resource') && message.location().url === url;
      if (!refused) problems.push(`console (${message.type()}): ${message.text()}`);
    },
    pageerror: (error) => problems.push(`script error: ${error.message}`),
    request: (request) => {
      const to = new URL(request.url());
      if (to.origin !== base && to.protocol !== 'data:') problems.push(`asks a third party: ${request.url()}`);
    },
    response: (response) => {
      if (response.status() >= 400 && response.url() !== url) problems.push(`${response.status()} for ${response.url()}`);
    },
  };
  for (const [event, listener] of Object.entries(watch)) page.on(event, listener);
  try {
    const response = await page.goto(url, { waitUntil: 'load', timeout: 20_000 });
    problems.push(...(await answer(response, expect)));
    problems.push(...(await inspect(page, expect)));
  } catch (error) {
    problems.push(`cannot be looked at: ${error.message}`);
  } finally {
    for (const [event, listener] of Object.entries(watch)) page.off(event, listener);
  }
  return problems;
}

/** What is wrong with the page that is open now, as `visit` would say it. */
export async function inspect(page, expect) {
  return [...(await look(page, expect)), ...(await accessible(page))];
}

/** The answer itself: status, policy, valid HTML. */
async function answer(response, expect) {
  const problems = [];
  if (response.status() !== expect.status) problems.push(`status ${response.status()} instead of ${expect.status}`);
  const policy = response.headers()['content-security-policy'] ?? '';
  if (!/default-src 'none'/.test(policy)) problems.push(`Content-Security-Policy does not begin from 'none': ${policy || 'absent'}`);
  if (/unsafe-|\*/.test(policy)) problems.push(`Content-Security-Policy is not strict: ${policy}`);
  if (!expect.valid) return problems;
  const report = await validator.validateString(await response.text());
  for (const fault of report.results.flatMap((result) => result.messages)) {
    problems.push(`HTML line ${fault.line}: ${fault.message} (${fault.ruleId})`);
  }
  return problems;
}

/** What one sees: language, one heading, width, targets, texts. */
async function look(page, expect) {
  const seen = await page.evaluate((smallest) => {
    const root = document.scrollingElement;
    const name = (element) => `<${element.tagName.toLowerCase()}> ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)}`;
    const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).slice(-3).map(name);
    const small = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter((element) => {
      // A label belongs to what one presses; a link inside a sentence is as high as its line (WCAG 2.5.8, inline).
      const style = getComputedStyle(element);
      if (style.display === 'inline' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      const boxes = [element, ...(element.labels ?? [])].map((e) => e.getBoundingClientRect());
      const onlyForReaders = boxes[0].width <= 1 || boxes[0].height <= 1;
      return !onlyForReaders && !boxes.some((box) => box.width >= smallest && box.height >= smallest);
    }).map(name);
    return {
      lang: document.documentElement.lang,
      title: document.title,
      headings: document.querySelectorAll('h1').length,
      sideways: root.scrollWidth - root.clientWidth,
      wide,
      small,
      untranslated: /No localization for id/.test(document.documentElement.innerHTML),
    };
  }, SMALLEST_TARGET);
  const problems = [];
  if (!seen.lang.startsWith(expect.lang)) problems.push(`html lang is "${seen.lang}" instead of "${expect.lang}"`);
  if (!seen.title.trim()) problems.push('has no title');
  if (seen.headings !== 1) problems.push(`has ${seen.headings} h1 instead of one`);
  if (seen.sideways > 0) problems.push(`scrolls ${seen.sideways} px sideways, because of ${seen.wide.join('; ')}`);
  for (const target of seen.small) problems.push(`target under ${SMALLEST_TARGET} px: ${target}`);
  if (seen.untranslated) problems.push('shows a text that does not exist');
  return problems;
}

async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }),
    AXE_TAGS,
  );
  return violations.flatMap((rule) => rule.nodes.map((node) => `axe ${rule.id} (${rule.impact}): ${rule.help}: ${node.target.join(' ')}`));
}
