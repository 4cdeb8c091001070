// kill -9 while providers send files: the server is killed in the middle of uploads and started again, and every file that
// was acknowledged is fetched back and compared. A file that was not acknowledged may be there or not, but never in part.
//
//   node tests/bench/kill.mjs --binary PROGRAM [--rounds 12]

import { createHash, randomBytes } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const SENDERS = 6;
const { values: options } = parseArgs({ options: { binary: { type: 'string' }, rounds: { type: 'string', default: '12' } } });
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-kill-'));
  try {
    execFileSync(options.binary, ['demo', '--once', '--dir', folder], { stdio: 'ignore' });
    const link = new URL(JSON.parse(readFileSync(join(folder, 'aanmeldlinks.json'), 'utf8')).provider);
    let server = await serve(folder);
    const cookie = await signIn(server.base, link.pathname);
    const list = (await page(server.base, '/', cookie)).match(/href="(\/aanbieders\/[^"]+\/bewijsstukken)"/)[1];
    const acknowledged = new Map();
    let lost = 0;
    for (let round = 1; round <= Number(options.rounds); round += 1) {
      const before = acknowledged.size;
      const state = { open: true, unanswered: 0 };
      const senders = Array.from({ length: SENDERS }, (_, sender) => send(server.base, list, cookie, `${round}-${sender}`, state, acknowledged));
      await pause(400 + Math.random() * 1200);
      server.process.kill('SIGKILL');
      state.open = false;
      await Promise.all(senders);
      await server.ended;
      server = await serve(folder);
      const gone = await missing(server.base, list, cookie, acknowledged);
      lost += gone.length;
      console.log(`round ${round}: ${acknowledged.size - before} acknowledged, ${state.unanswered} cut off, ${gone.length} lost${gone.length ? `: ${gone.join(', ')}` : ''}`);
    }
    server.process.kill('SIGTERM');
    await server.ended;
    const audit = execFileSync(options.binary, ['audit', 'verify', ...where(folder)], { encoding: 'utf8' }).trim();
    console.log(`${acknowledged.size} acknowledged in ${options.rounds} rounds, ${lost} lost. ${audit}`);
    if (lost > 0 || acknowledged.size === 0) process.exitCode = 1;
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
