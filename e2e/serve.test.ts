import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../headless/shells/host/build-pages.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../headless/bin/wheelhouse.mjs');
const running: ChildProcess[] = [];
let library: string;

interface Served {
  readonly url: string;
  readonly pid: number;
  readonly stdout: () => string;
  /** Presses Ctrl-C and waits for the end. */
  stop(): Promise<number | null>;
}

async function serve(...args: string[]): Promise<Served> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--library', library, '--no-open', ...args]);
  running.push(child);
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  await new Promise<void>((resolve, reject) => {
    // Said last, when the address has been printed.
    child.stderr.on('data', () => stderr.includes('Ctrl-C stops it') && resolve());
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${stderr}`)));
  });
  const url = /http:\/\/[^\s"]+/.exec(stdout)![0];
  return {
    url,
    pid: child.pid!,
    stdout: () => stdout,
    stop() {
      const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
      child.kill('SIGINT');
      return ended;
    },
  };
}

beforeAll(async () => {
  await buildPages();
  library = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-serve-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(library, { recursive: true, force: true });
});

describe('wheelhouse serve', () => {
  it('prints its address once, lets its opener in, and stops at Ctrl-C', async () => {
    const served = await serve('--port', '0');
    expect(served.stdout().match(/token=/g)).toHaveLength(1);
    expect(served.stdout()).toContain(library);
    const { origin } = new URL(served.url);
    const entered = await fetch(served.url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
    const page = await (await fetch(`${origin}/`, { headers: { cookie } })).text();
    expect(page).toMatch(/<script type="module"/);
    // A browser that keeps its connection and waits for events must not keep the host from stopping.
    expect(await served.stop()).toBe(130);
    await expect(fetch(`${origin}/`)).rejects.toThrow();
  });

  it('gives the address as JSON, and the same port again after a stop', async () => {
    const first = await serve('--port', '0', '--json');
    const { port } = JSON.parse(first.stdout());
    await first.stop();
    const second = await serve('--port', String(port), '--json');
    expect(JSON.parse(second.stdout())).toMatchObject({ port, library });
    expect(second.url).not.toBe(first.url);
    await expect(serve('--port', String(port))).rejects.toThrow(/serve ended with 1: refused: --port \d+: .*another/);
    await second.stop();
  });

  it('leaves no process behind when it is killed in the middle of an evaluation', async ({ skip }) => {
    skip(process.platform !== 'linux', 'processes are looked up in /proc');
    const served = await serve('--port', '0');
    const { origin } = new URL(served.url);
    const entered = await fetch(served.url, { redirect: 'manual' });
    const headers = {
      cookie: entered.headers.get('set-cookie')!.split(';')[0]!,
      origin,
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ kind: 'evaluate', model: 'expert', suite: 'families' });
    expect((await fetch(`${origin}/api/jobs`, { method: 'POST', headers, body })).status).toBe(202);
    const jobs = async () => (await (await fetch(`${origin}/api/jobs`, { headers })).json()).jobs;
    await expect.poll(async () => (await jobs())[0].completed, { timeout: 60_000 }).toBeGreaterThan(0);
    const evaluating = await childrenOf(served.pid);
    expect(evaluating.length).toBeGreaterThan(0);
    process.kill(served.pid, 'SIGKILL');
    await expect.poll(() => evaluating.filter(isRunning), { timeout: 30_000 }).toEqual([]);
  });
});

/** Ids of the processes that this one has started. */
async function childrenOf(parent: number): Promise<number[]> {
  const lists = await readdir(`/proc/${parent}/task`);
  const children = lists.map((task) => readFile(`/proc/${parent}/task/${task}/children`, 'utf8').catch(() => ''));
  return (await Promise.all(children)).join(' ').split(/\s+/).filter(Boolean).map(Number);
}

function isRunning(pid: number): boolean {
  // A process that has ended and that nobody has asked about stays as a zombie.
  return existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}
