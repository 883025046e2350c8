import { execFileSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ownModule } from './own-module.ts';

const MODULE = new URL('./testing/print-arguments.ts', import.meta.url);
const ARGS = ['a b', '{"c": 1}'];

it('starts a TypeScript module of ours in a bare process, which sees its arguments alone', () => {
  const { file, args } = ownModule(MODULE, ARGS);
  expect(JSON.parse(execFileSync(process.execPath, [file, ...args], { encoding: 'utf8' }))).toEqual(ARGS);
});

it('starts it in a bare thread', async () => {
  const { file, args } = ownModule(MODULE, ARGS);
  const worker = new Worker(file, { argv: [...args], stdout: true, execArgv: [] });
  const printed = await new Promise((resolve, reject) => {
    worker.stdout.once('data', resolve);
    worker.once('error', reject);
  });
  expect(JSON.parse(String(printed))).toEqual(ARGS);
});
