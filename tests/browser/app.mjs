// The real program: started on a folder of its own, asked whether it is ready, stopped again.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const START_MS = 180_000;
const STOP_MS = 15_000;

/** Starts `openhouse demo` and waits until it serves: { base, folder, links, pid, stop() }. */
export async function start(binary, folder) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(binary, ['demo', '--dir', folder, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { said = (said + text).slice(-20_000); });
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)).on('error', (e) => { said += e; resolve(-1); }));

  const linksFile = join(folder, 'aanmeldlinks.json');
  const ready = async () => existsSync(linksFile) && readFileSync(linksFile, 'utf8').includes(base) && (await answers(`${base}/readyz`));
  const deadline = Date.now() + START_MS;
  while (!(await ready())) {
    const code = await Promise.race([ended, pause(200)]);
    if (code !== undefined || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${binary} demo was not ready (exit: ${code ?? 'still running'}). It said:\n${said}`);
    }
  }
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await Promise.race([ended, pause(STOP_MS)]);
    if (code === undefined) child.kill('SIGKILL');
    return { code, said };
  };
  return { base, folder, links: JSON.parse(readFileSync(linksFile, 'utf8')), pid: child.pid, stop };
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A pause that does not keep us alive by itself: the child does. */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
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
