import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const SCRIPT = `
const { turnTaker } = await import(${JSON.stringify(new URL('pause.ts', import.meta.url).href)});
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
