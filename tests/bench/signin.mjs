// Sign-ins at the same moment, each from an address and under a name of its own, so that no rate limit spares the server
// any work. Half of them use the right password of one of the users made here, half an unknown name: both cost a hash.
//
//   node tests/bench/signin.mjs --binary PROGRAM [--people N]

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { binary: { type: 'string' }, people: { type: 'string', default: '300' } },
});
const PASSWORD = 'trommel veert onder zeewier';
const USERS = 20;

async function main() {
  if (!options.binary) throw new Error('give --binary');
  const [binary, people] = [resolve(options.binary), Number(options.people)];
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-signin-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const run = (...words) => execFileSync(binary, [...words, '--public-url', base], { cwd: folder, encoding: 'utf8' });
  const invitations = [run('setup', 'Noordermeer', '--manager', 'Gebruiker 0', '--email', email(0))];
  for (let n = 1; n < USERS; n += 1) {
    invitations.push(run('user', 'add', email(n), '--name', `Gebruiker ${n}`, '--role', 'viewer'));
  }
  const server = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`, '--public-url', base], { cwd: folder, stdio: 'ignore' });
  try {
    await untilReady(base);
    for (const [n, told] of invitations.entries()) await setUp(base, told.match(/http\S+uitnodiging\S+/)[0], n);
    const before = memory(server.pid);
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: people }, (_, n) => signIn(base, n)));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const counts = {};
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
    const errors = answers.filter((answer) => answer.startsWith('error')).length;
    const after = memory(server.pid);
    console.log(`${people} sign-ins at once in ${seconds} s: ${errors} connection errors; answers ${JSON.stringify(counts)}`);
    console.log(`resident memory: ${before.VmRSS} MB before, ${after.VmHWM} MB at most, ${after.VmRSS} MB after`);
    const healthy = (await ask(`${base}/healthz`, {})).status === 200;
    if (errors > 0 || after.VmHWM >= 400 || !healthy) process.exitCode = 1;
  } finally {
    server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

const email = (n) => `gebruiker${n}@noordermeer.example`;
const address = (n) => `127.0.${1 + Math.floor(n / 200)}.${1 + (n % 200)}`;

/** Accepts an invitation: password, second factor, recovery codes. */
async function setUp(base, link, n) {
  const from = address(1000 + n);
  const to = await form(link, { nieuw: PASSWORD, nogmaals: PASSWORD }, { from });
  if (to.status !== 303) throw new Error(`the password was not taken: ${to.status}`);
  const cookie = to.cookie;
  const page = await ask(`${base}/inloggen/instellen`, { cookie, from });
  const key = page.body.match(/<p class="mono">([^<]*)/)[1];
  const done = await form(`${base}/inloggen/instellen`, { code: code(key) }, { cookie, from });
  if (done.status !== 303) throw new Error(`the code was not taken: ${done.status}`);
}

/** The status of one sign-in with a password, or the connection error. */
async function signIn(base, n) {
  const known = n % 2 === 0;
  const name = known ? email((n / 2) % USERS) : `onbekend${n}@noordermeer.example`;
  try {
    return String((await form(`${base}/inloggen`, { email: name, wachtwoord: PASSWORD }, { from: address(n) })).status);
  } catch (fault) {
    return `error ${fault.code ?? fault.message}`;
  }
}

/** The code of an app (RFC 6238: SHA-1, six digits, thirty seconds). */
function code(key) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll(' ', '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', secret).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const form = (url, fields, more) => ask(url, { ...more, method: 'POST', body: new URLSearchParams(fields).toString() });

function ask(url, { method = 'GET', cookie = '', body, from }) {
  return new Promise((resolve, reject) => {
    // The house takes forms of its own pages alone.
    const headers = { cookie, ...(body ? { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } : {}) };
    const asked = request(url, { method, headers, agent: false, localAddress: from }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const cookies = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
        resolve({ status: answer.statusCode, cookie: cookies, body: Buffer.concat(parts).toString() });
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The lines of /proc/PID/status about memory, in whole megabytes. */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const line = (name) => Math.round(Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024);
  return { VmRSS: line('VmRSS'), VmHWM: line('VmHWM') };
}

async function untilReady(base) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const ready = await ask(`${base}/readyz`, {}).then((answer) => answer.status === 200, () => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server does not get ready');
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

await main();
