// The browser tests: starts the real demonstration, signs in as every role and looks at every page, in Dutch at two widths
// and in English at the narrow one, where its words break first; then does with forms what people do. A page that two roles
// read word for word the same is looked at once. Ends with "N passed, N failed".
//
//   node tests/browser/run.mjs --binary target/release/openhouse [--dir DIR] [--shots DIR] [--failures DIR] [--only PATTERN]
//
// --dir       the demonstration's folder (a temporary one when left out)
// --shots     also saves a picture of every page there, to look at
// --failures  where the picture of a page that fails goes
// --only      leaves out every test whose name does not fit this pattern; keep "signs in" in it, and for what visits pages
//             that were found "finds every page"

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { start } from './app.mjs';
import { testApplying } from './applying.mjs';
import { testTheBench } from './bench.mjs';
import { testTheChecks } from './broken.mjs';
import { visit } from './checks.mjs';
import { testEvidence } from './evidence.mjs';
import { testHandingIn } from './handing-in.mjs';
import { testTheJourneys } from './journeys.mjs';
import { ROLES, NOT_THERE, crawl } from './pages.mjs';
import { open, signIn, speak } from './people.mjs';
import { testSigning } from './signing.mjs';
import { testTheStory } from './story.mjs';
import { testTheTable } from './table.mjs';

const WIDTHS = { nl: [1280, 375], en: [375] };
const AT_ONCE = 2;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const { values: options } = parseArgs({ options: { binary: { type: 'string' }, dir: { type: 'string' }, shots: { type: 'string' }, failures: { type: 'string' }, only: { type: 'string' } } });
const count = { passed: 0, failed: 0 };

/** Runs one test: what `body` returns, or throws, is what is wrong. With `--only PATTERN` the others are left out. */
async function test(name, body) {
  if (options.only && !new RegExp(options.only).test(name)) return [];
  let problems;
  try {
    problems = (await body()) ?? [];
  } catch (error) {
    problems = [error.stack ?? String(error)];
  }
  count[problems.length === 0 ? 'passed' : 'failed'] += 1;
  if (problems.length > 0) console.log(`FAILED ${name}\n${problems.map((problem) => `    ${problem}\n`).join('')}`);
  return problems;
}

async function main() {
  if (!options.binary) throw new Error('--binary is missing: the path of the program');
  const folder = options.dir ?? mkdtempSync(join(tmpdir(), 'openhouse-browser-'));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  try {
    await testTheChecks(browser, test);
    const app = await start(options.binary, folder);
    try {
      await testTheApp(browser, app);
    } finally {
      const { code, said } = await app.stop();
      await test('the program stops when it is asked to', () => (code === 0 ? [] : [`it ended with ${code ?? 'nothing'}:\n${said}`]));
    }
  } finally {
    await browser.close();
    if (!options.dir) rmSync(folder, { recursive: true, force: true });
  }
}

async function testTheApp(browser, app) {
  const people = {};
  for (const role of new Set([...ROLES, ...Object.keys(app.links)])) {
    await test(`${role} signs in`, async () => {
      const { state, problems } = await signIn(browser, app, role);
      people[role] = state;
      return problems;
    });
  }
  const [pages, news, looked] = [{}, {}, new Set()];
  const search = (role) =>
    test(`${role} finds every page, and no dead link`, async () => {
      const found = await crawl(app.base, role, people[role], looked);
      [pages[role], news[role]] = [found.pages, found.news];
      return found.problems;
    });
  await atOnce(ROLES.filter((role) => people[role]), search);
  for (const lang of Object.keys(WIDTHS)) {
    for (const role of Object.keys(pages)) {
      await test(`${role} chooses the language ${lang}`, async () => {
        people[role] = await speak(browser, app, people[role], lang);
      });
    }
    await lookAt(browser, app, people, news, lang);
  }
  // These two go to pages that the provider found; where none were sought, they are left out.
  if (pages.provider) {
    await testHandingIn(browser, app, people.provider, pages.provider, test);
    await testEvidence(browser, app, people.provider, pages.provider, test);
  }
  await testApplying(browser, app, people.provider, test);
  for (const role of ['assessor', 'decision_maker', 'contract_manager', 'functional_admin', 'provider']) {
    await test(`${role} goes on in Dutch`, async () => {
      people[role] = await speak(browser, app, people[role], 'nl');
    });
  }
  await testTheBench(browser, app, people.assessor, test);
  await testTheStory(browser, app, people, test);
  await testTheTable(browser, app, people, test);
  await testSigning(browser, app, people, test);
  await testTheJourneys(browser, app, people, test);
}

/** Does `work` for each of these, some at once. */
async function atOnce(all, work) {
  const waiting = [...all];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The pages of every role at every width of one language, some at once. */
async function lookAt(browser, app, people, news, lang) {
  const waiting = Object.entries(news).flatMap(([role, paths]) => {
    const all = [...paths.map((path) => ({ path, status: 200 })), { path: NOT_THERE, status: 404 }];
    return all.flatMap(({ path, status }) => WIDTHS[lang].map((width) => ({ role, path, status, width })));
  });
  const worker = async () => {
    let page;
    let whose;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { role, path, status, width } = next;
      if (role !== whose) {
        await page?.context().close();
        [page, whose] = [await open(browser, people[role]), role];
      }
      await page.setViewportSize({ width, height: 900 });
      const name = `${role} ${path} ${width} ${lang}`;
      const problems = await test(name, () => visit(page, app.base + path, { status, lang, valid: width === WIDTHS[lang][0] }));
      await picture(page, options.shots, name);
      if (problems.length > 0) await picture(page, options.failures, name);
    }
    await page?.context().close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function picture(page, folder, name) {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = name.replace(/[^\w.-]+/g, '_');
  await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true });
}

try {
  await main();
} catch (error) {
  count.failed += 1;
  console.log(`FAILED ${error.stack ?? error}\n`);
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
