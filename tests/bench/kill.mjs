// kill -9 while providers send files, a manager sets quarters final, an application is decided and a supplement is handed in: the server
// is killed in the middle of it and started again. Every file that was acknowledged is fetched back and compared, every decision and
// every receipt that was acknowledged must stand, and the audit must be one chain to its signed head and on. What was not acknowledged
// may be there or not, but never in part.
//
//   node tests/bench/kill.mjs --binary PROGRAM [--rounds 12]

import { createHash, randomBytes } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Dossier } from './dossier.mjs';

const SENDERS = 6;
const EARLIER = ['2023-Q1', '2023-Q2', '2023-Q3', '2023-Q4', '2024-Q1', '2024-Q2', '2024-Q3'];
const { values: options } = parseArgs({ options: { binary: { type: 'string' }, rounds: { type: 'string', default: '12' } } });
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-kill-'));
  try {
    execFileSync(options.binary, ['demo', '--once', '--dir', folder], { stdio: 'ignore' });
    // The newest quarter alone is soon decided; quarters that were kept elsewhere until now give more.
    for (const quarter of EARLIER) execFileSync(options.binary, ['assess', quarter, '--json', ...where(folder)], { stdio: 'ignore' });
    const links = JSON.parse(readFileSync(join(folder, 'aanmeldlinks.json'), 'utf8'));
    let server = await serve(folder);
    const cookie = await signIn(server.base, new URL(links.provider).pathname);
    const manager = await signIn(server.base, new URL(links.contract_manager).pathname);
    const people = { contract_manager: manager };
    for (const role of ['assessor', 'decision_maker', 'applicant']) people[role] = await signIn(server.base, new URL(links[role]).pathname);
    const dossier = await new Dossier(people).find(server.base);
    const open = await toDecide(server.base, manager);
    const share = Math.ceil(open.length / Number(options.rounds));
    const list = (await page(server.base, '/', cookie)).match(/href="(\/aanbieders\/[^"]+\/bewijsstukken)"/)[1];
    const [acknowledged, decided] = [new Map(), new Set()];
    let lost = 0;
    for (let round = 1; round <= Number(options.rounds); round += 1) {
      const counts = () => [acknowledged, decided, dossier.decided, dossier.receipts].map((one) => one.size);
      const before = counts();
      const state = { open: true, unanswered: 0 };
      const senders = Array.from({ length: SENDERS }, (_, sender) => send(server.base, list, cookie, `${round}-${sender}`, state, acknowledged));
      const deciding = decide(server.base, manager, open.splice(0, share), state, decided);
      const inDossiers = [dossier.decide(server.base, state, round), dossier.supplement(server.base, state, round)];
      await pause(1000 + Math.random() * 2500);
      server.process.kill('SIGKILL');
      state.open = false;
      // What he did not get to, he decides another time.
      open.push(...(await deciding));
      await Promise.all([...senders, ...inDossiers]);
      await server.ended;
      server = await serve(folder);
      const gone = [...(await missing(server.base, list, cookie, acknowledged)), ...(await undone(server.base, manager, decided)), ...(await dossier.gone(server.base))];
      lost += gone.length;
      const [files, quarters, decisions, receipts] = counts().map((count, place) => count - before[place]);
      console.log(`round ${round}: ${files} files, ${quarters} quarters, ${decisions} dossier decisions and ${receipts} supplements acknowledged, ${state.unanswered} cut off, ${gone.length} lost${gone.length ? `: ${gone.join(', ')}` : ''}`);
    }
    server.process.kill('SIGTERM');
    await server.ended;
    const audit = execFileSync(options.binary, ['audit', 'verify', ...where(folder)], { encoding: 'utf8' }).trim();
    console.log(`${acknowledged.size} files, ${decided.size} quarters, ${dossier.decided.size} dossier decisions and ${dossier.receipts.size} supplements acknowledged in ${options.rounds} rounds, ${lost} lost. ${audit}`);
    const some = [acknowledged, decided, dossier.decided, dossier.receipts].every((one) => one.size > 0);
    if (lost > 0 || !some) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const where = (folder) => ['--database-url', `sqlite:${join(folder, 'openhouse.db')}`, '--files', `file:${join(folder, 'bestanden')}`];

async function serve(folder) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(options.binary, ['serve', '--listen', `127.0.0.1:${port}`, '--log-level', 'error', ...where(folder)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('close', resolve));
  for (let tries = 0; tries < 300; tries += 1) {
    if (await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false)) return { base, process: child, ended };
    await pause(50);
  }
  throw new Error('the server does not answer');
}

/** Sends small files, each different, until the server is gone; notes each that was acknowledged. */
async function send(base, list, cookie, sender, state, acknowledged) {
  for (let count = 0; state.open; count += 1) {
    const name = `bewijs-${sender}-${count}.csv`;
    const bytes = Buffer.from(`naam;waarde\n${name};${randomBytes(2000).toString('hex')}\n`);
    const body = new FormData();
    body.set('sleutel', `${sender}-${count}`);
    body.append('bestand', new Blob([bytes]), name);
    try {
      const answer = await fetch(base + list, { method: 'POST', body, headers: { cookie, accept: 'application/json', origin: base } });
      const told = await answer.json();
      if (answer.status === 200 && told.files[0].stored) acknowledged.set(name, sha256(bytes));
      else throw new Error(`refused: ${answer.status} ${JSON.stringify(told)}`);
    } catch (fault) {
      if (String(fault.message).startsWith('refused')) throw fault;
      state.unanswered += 1;
    }
  }
}

/** The acknowledged files that are not there, or not the same. */
async function missing(base, list, cookie, acknowledged) {
  const pieces = new Map([...(await page(base, list, cookie)).matchAll(/href="([^"]+\/bewijsstukken\/[0-9a-f]{32})">([^<]+)</g)].map(([, href, title]) => [`${title}.csv`, href]));
  const gone = [];
  for (const [name, digest] of acknowledged) {
    const file = pieces.has(name) && (await page(base, pieces.get(name), cookie)).match(/href="([^"]+\/bestand)"/)?.[1];
    const got = file && (await fetch(base + file, { headers: { cookie } }));
    if (!got?.ok || sha256(Buffer.from(await got.arrayBuffer())) !== digest) gone.push(name);
  }
  return gone;
}

/** Every quarter of every provider that can be set final. */
async function toDecide(base, cookie) {
  const open = [];
  const providers = (await everyPage(base, '/aanbieders', cookie)).flatMap((html) => [...html.matchAll(/href="(\/aanbieders\/\d[^"/?]*)"/g)].map(([, href]) => href));
  for (const provider of new Set(providers)) {
    const html = await page(base, `${provider}/kwartalen`, cookie);
    const quarters = new Set([...html.matchAll(/href="(\/aanbieders\/[^"]+\/kwartalen\/\d{4}-\d)"/g)].map(([, href]) => href));
    for (const quarter of quarters) if (await form(base, quarter, cookie)) open.push(quarter);
  }
  if (open.length === 0) throw new Error('there is nothing to decide');
  return open;
}

async function everyPage(base, path, cookie) {
  const pages = [];
  for (let next = path; next; ) {
    pages.push(await page(base, next, cookie));
    next = pages.at(-1).match(/href="([^"]+)" rel="next"/)?.[1].replaceAll(/&amp;|&#38;/g, '&');
  }
  return pages;
}

/** The form that sets a quarter final, filled in; none when it is final, or was never judged. */
async function form(base, quarter, cookie) {
  const answer = await fetch(`${base}${quarter}/vaststellen`, { headers: { cookie }, redirect: 'manual' });
  const html = await answer.text();
  if (answer.status !== 200 || !html.includes('name="versie"')) return undefined;
  return new URLSearchParams([...html.matchAll(/<input type="hidden" name="(versie|sleutel)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

/** Sets quarters final, one after the other, until the server is gone; notes each that was acknowledged. Answers the rest. */
async function decide(base, cookie, quarters, state, decided) {
  while (state.open && quarters.length > 0) {
    try {
      const body = await form(base, quarters[0], cookie);
      if (body) {
        const answer = await fetch(`${base}${quarters[0]}/vaststellen`, { method: 'POST', body, headers: { cookie, origin: base }, redirect: 'manual' });
        if (answer.status !== 303) throw new Error(`refused: ${answer.status} at ${quarters[0]}`);
        decided.add(quarters[0]);
      }
      quarters.shift();
      // A person looks before he decides; and so the server dies in the middle of the row, not after it.
      await pause(Math.random() * 150);
    } catch (fault) {
      if (String(fault.message).startsWith('refused')) throw fault;
      state.unanswered += 1;
      break;
    }
  }
  return quarters;
}

/** The acknowledged decisions that do not stand: the quarter can be set final again. */
async function undone(base, cookie, decided) {
  const gone = [];
  for (const quarter of decided) if (await form(base, quarter, cookie)) gone.push(quarter);
  return gone;
}

async function page(base, path, cookie) {
  const answer = await fetch(base + path, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

/** Opens the one-time link and posts its form, as the button would. */
async function signIn(base, link) {
  const html = await (await fetch(base + link)).text();
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  const answer = await fetch(base + link, { method: 'POST', body: new URLSearchParams(hidden), redirect: 'manual', headers: { origin: base } });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  if (!cookie) throw new Error(`signing in gave no cookie (${answer.status})`);
  return cookie;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

await main();
