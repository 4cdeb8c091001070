// Server CPU per request of the pages that people open most, from the process's own accounting (/proc/PID/stat, so what
// the client and its sockets cost does not count), and resident memory at the end.
//
//   node tests/bench/web.mjs --binary PROGRAM [--dir DIR] [--requests N]
//   node tests/bench/web.mjs --base URL --link SIGN_IN_LINK --pid PID [--requests N]   (the contract manager's pages)

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { start } from '../browser/app.mjs';

const CONNECTIONS = 4;
const WARM_UP = 200;
const { values: options } = parseArgs({
  options: { binary: { type: 'string' }, dir: { type: 'string' }, base: { type: 'string' }, link: { type: 'string' }, pid: { type: 'string' }, requests: { type: 'string', default: '5000' } },
});
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']));

/** What is measured, by role: a fixed address, or a page on which the first link like the pattern is followed. */
const PAGES = {
  contract_manager: [
    ['/aanbieders'],
    ['/aanbieders', /href="(\/aanbieders\/[^"/?]*\d[^"/?]*)"/, /href="(\/aanbieders\/[^"]+\/kwartalen\/[^"/?]+)"/],
    ['/werkvoorraad'],
    ['/kwartalen'],
    ['/begroting/2026'],
    ['/beheer/eisen'],
    ['/kwaliteitseisen/M08/beoordelen'],
  ],
  assessor: [
    ['/werkvoorraad', /href="(\/aanmeldingen\/[\d-]+)"/],
    ['/werkvoorraad', /href="(\/aanmeldingen\/[\d-]+)"/, /href="(\/aanmeldingen\/[\d-]+\/eisen\/[^"?]+)/],
  ],
  applicant: [
    ['/mijn'],
    ['/mijn', /href="(\/mijn\/aanmeldingen\/[\d-]+)"/],
    ['/mijn', /href="(\/mijn\/aanmeldingen\/[\d-]+)"/, /href="(\/mijn\/aanmeldingen\/[\d-]+\/eisen\/[^"?]+)/],
  ],
  visitor: [['/gemeenten/noordermeer'], ['/gemeenten/noordermeer/eisen'], ['/gemeenten/noordermeer/register']],
};

async function main() {
  if (options.base) return measure({ base: options.base, links: { contract_manager: options.link }, pid: options.pid });
  if (!options.binary) throw new Error('give --binary, or --base with --link and --pid');
  const folder = options.dir ?? mkdtempSync(join(tmpdir(), 'openhouse-bench-'));
  const app = await start(options.binary, folder);
  try {
    await measure(app);
  } finally {
    await app.stop();
    if (!options.dir) rmSync(folder, { recursive: true, force: true });
  }
}

async function measure({ base, links, pid }) {
  const requests = Number(options.requests);
  let total = 0;
  for (const [role, pages] of Object.entries(PAGES)) {
    if (role !== 'visitor' && !links[role]) continue;
    const cookie = role === 'visitor' ? undefined : await signIn(base, links[role]);
    const page = async (path) => {
      const answer = await ask(base + path, { cookie });
      if (answer.status !== 200) throw new Error(`${role} ${path}: status ${answer.status}`);
      return answer.text;
    };
    for (const [first, ...patterns] of pages) {
      let path = first;
      for (const pattern of patterns) path = firstLink(await page(path), pattern);
      await many(WARM_UP, () => page(path));
      const [cpu, clock] = [cpuSeconds(pid), performance.now()];
      await many(requests, () => page(path));
      const micros = ((cpuSeconds(pid) - cpu) * 1e6) / requests;
      const rate = (requests * 1000) / (performance.now() - clock);
      console.log(`${role} ${path}: ${micros.toFixed(0)} µs of server CPU per request (${requests} requests, ${rate.toFixed(0)}/s)`);
      total += WARM_UP + requests;
    }
  }
  console.log(`resident after ${total} requests: ${megabytes(pid, 'VmRSS')} MB, at most ${megabytes(pid, 'VmHWM')} MB since its start`);
}

/** Opens the one-time link and posts its form, as the button would; returns the cookies. */
async function signIn(base, link) {
  const opened = await ask(link, {});
  const form = opened.text.match(/<main[\s\S]*?<form([^>]*)>([\s\S]*?)<\/form>/);
  if (!form) throw new Error(`${link}: no form to sign in with (status ${opened.status})`);
  const action = new URL(form[1].match(/action="([^"]*)"/)?.[1] ?? link, link);
  const hidden = [...form[2].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  const answer = await ask(action, { cookie: opened.cookie, origin: base, body: new URLSearchParams(hidden).toString() });
  if (!answer.cookie) throw new Error(`${link}: signing in gave no cookie (status ${answer.status})`);
  return answer.cookie;
}

function ask(url, { cookie, origin, body }) {
  const headers = { ...(cookie && { cookie }), ...(origin && { origin }), ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part)).on('error', reject);
      response.on('end', () => {
        const cookies = (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
        resolve({ status: response.statusCode, text: Buffer.concat(parts).toString(), cookie: cookies.join('; ') });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function many(times, what) {
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await what();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

function firstLink(html, pattern) {
  const link = html.match(pattern);
  if (!link) throw new Error(`no link like ${pattern} on the page`);
  return link[1];
}

/** User and system time of the process, all its threads together. */
function cpuSeconds(pid) {
  // The name of the program, in brackets, may hold spaces: count the fields after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function megabytes(pid, what) {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm'))[1];
  return (Number(kilobytes) / 1000).toFixed(1);
}

await main();
