/**
 * `npm run fuzz`: mutated recordings against every reader, more of them than `npm test` takes. `FUZZ_RUNS` says how many
 * per format (default 1000), `FUZZ_SEED` which; a failure prints the seed to come back to it. Recordings that sent a reader
 * round in circles or crashed it are refused as they should be; `FUZZ_KEEP` names a folder that they are copied to.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const seed = process.env.FUZZ_SEED ?? String(Date.now() % 2 ** 31);
const runs = process.env.FUZZ_RUNS ?? '1000';
console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`);
const { status } = spawnSync(
  path.join(root, 'node_modules/.bin/vitest'),
  ['run', 'datasets/formats/fuzz', '--testTimeout', '3600000', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, FUZZ_SEED: seed, FUZZ_RUNS: runs } },
);
process.exit(status ?? 1);
