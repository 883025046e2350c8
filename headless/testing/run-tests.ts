/**
 * `npm test`: lint, types and every test, then one closing line over all of it. Arguments go to Vitest as file
 * filters; `--no-browser` skips what needs one.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { startVitest, type TestCase } from 'vitest/node';

const root = path.resolve(import.meta.dirname, '../..');
const tally = { passed: 0, failed: 0, skipped: 0 };

function check(name: string, command: string, args: string[]): void {
  const { status } = spawnSync(path.join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'inherit' });
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'}`);
  if (status === 0) tally.passed++;
  else tally.failed++;
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return result.state === 'skipped' && result.note ? ` (${result.note})` : '';
}

async function runVitest(filters: string[]): Promise<void> {
  const vitest = await startVitest('test', filters, { watch: false, root, reporters: ['default'] });
  const skipped: string[] = [];
  for (const module of vitest.state.getTestModules()) {
    // A file that cannot even be loaded has no tests to count; it counts as one failure.
    if (module.errors().length > 0) tally.failed++;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') tally.passed++;
      else if (state === 'failed') tally.failed++;
      else {
        tally.skipped++;
        skipped.push(`  ${path.relative(root, module.moduleId)} > ${test.fullName}${reasonOf(test)}`);
      }
    }
  }
  tally.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
  if (skipped.length > 0) console.log(`Skipped:\n${skipped.join('\n')}`);
}

const filters = process.argv.slice(2).filter((argument) => argument !== '--no-browser');
if (process.argv.includes('--no-browser')) process.env.WHEELHOUSE_NO_BROWSER = '1';
if (filters.length === 0) {
  check('lint and format', 'biome', ['ci', '--error-on-warnings', '.']);
  check('types', 'tsc', ['-p', '.']);
  check('types of the pages', 'tsc', ['-p', 'renderer']);
}
await runVitest(filters);
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
