import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { turnTaker } from './turn-taker.ts';

const SCRIPT = `
const { turnTaker } = await import(${JSON.stringify(new URL('turn-taker.ts', import.meta.url).href)});
const pause = turnTaker();
const until = performance.now() + 60;
while (performance.now() < until);
await pause();
console.log('went on');
`;

it('keeps the process alive while it waits with nothing else to do, and lets it end afterwards', () => {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  expect(stderr).toBe('');
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'went on\n' });
});

it('lets a timer in between two turns, however short they are', async () => {
  const pause = turnTaker(0);
  let rang = false;
  setTimeout(() => {
    rang = true;
  }, 1);
  const until = performance.now() + 20;
  let turns = 0;
  while (!rang && turns++ < 500) {
    // Long enough in all for the timer, and few enough turns that they could be served in one go.
    while (performance.now() < until && turns === 1);
    await pause();
  }
  expect(rang).toBe(true);
});
