import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ownModule } from '../processes/own-module.ts';
import { browserSwiftShaders, type Driver, driverFromFile, npmSwiftShader, SYSTEM } from './drivers.ts';
import type { AdapterSummary } from './gpu.ts';
import { mendLine } from './mend.ts';
import type { ProbeAnswer } from './survey-probe.ts';

/** One driver, and one of its adapters where it has any. */
export interface SurveyEntry {
  /** In words, e.g. `system`, `SwiftShader (npm)`. */
  readonly driver: string;
  /** What WHEELHOUSE_GPU must be to have it. */
  readonly choice: string;
  readonly adapter?: AdapterSummary;
  /** A device was opened and a triangle came back right. */
  readonly accepted: boolean;
  /** Why not, in one line. */
  readonly reason?: string;
}

/** What this machine has to draw with. */
export interface GpuSurvey {
  /** In the order in which they are tried. */
  readonly entries: readonly SurveyEntry[];
  /** What `openGpu` would take. */
  readonly used?: SurveyEntry;
  /** What to type when there is nothing, or when a quicker software driver could be had. */
  readonly mend?: string;
}

const PROBE_TIME_LIMIT = 60_000;

/**
 * Tries every driver that can be found. Each is tried in a process of its own: a process keeps the Vulkan loader it first
 * loaded, a bad driver may crash, and Dawn tells its reasons only on stderr.
 */
export async function surveyGpu(): Promise<GpuSurvey> {
  const choice = process.env.WHEELHOUSE_GPU || 'auto';
  const drivers: { driver: Driver; choice: string }[] = [{ driver: SYSTEM, choice: 'system' }];
  const npm = await npmSwiftShader();
  if (npm) drivers.push({ driver: npm, choice: 'swiftshader' });
  for (const driver of browserSwiftShaders()) drivers.push({ driver, choice: driver.icd! });
  if (path.isAbsolute(choice)) drivers.unshift({ driver: driverFromFile(choice), choice });

  const entries: SurveyEntry[] = [];
  for (const { driver, choice: own } of drivers) entries.push(...(await probe(driver, own)));
  const accepted = entries.filter((entry) => entry.accepted);
  const wanted = choice === 'auto' || choice === 'software' ? accepted : accepted.filter((e) => e.choice === choice);
  const candidates = choice === 'software' ? wanted.filter((entry) => entry.adapter?.software) : wanted;
  const used = candidates[0];
  if (!used) return { entries, mend: mendLine() };
  const slow = used.adapter?.architecture === 'swiftshader' && choice === 'auto';
  return slow ? { entries, used, mend: mendLine() } : { entries, used };
}

async function probe(driver: Driver, choice: string): Promise<SurveyEntry[]> {
  const entry = { driver: driver.name, choice };
  const { answer, stderr, failure } = await runProbe(driver);
  if (!answer) return [{ ...entry, accepted: false, reason: failure ?? 'the trial ended without an answer' }];
  if (!answer.loader) return [{ ...entry, accepted: false, reason: 'there is no Vulkan loader (libvulkan.so.1)' }];
  if (answer.trials.length === 0) {
    return [{ ...entry, accepted: false, reason: refusalIn(stderr) ?? 'Dawn finds no adapter' }];
  }
  return answer.trials.map(({ adapter, fault }) =>
    fault === undefined ? { ...entry, adapter, accepted: true } : { ...entry, adapter, accepted: false, reason: fault },
  );
}

function runProbe(driver: Driver): Promise<{ answer?: ProbeAnswer; stderr: string; failure?: string }> {
  const { file, args } = ownModule(new URL('./survey-probe.ts', import.meta.url), [JSON.stringify(driver)]);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [file, ...args],
      { timeout: PROBE_TIME_LIMIT, maxBuffer: 1 << 22 },
      (error, stdout, stderr) => {
        try {
          resolve({ answer: JSON.parse(stdout) as ProbeAnswer, stderr });
        } catch {
          const failure = error?.signal ? `the driver crashed (${error.signal})` : error?.message.split('\n')[0];
          resolve(failure === undefined ? { stderr } : { stderr, failure });
        }
      },
    );
  });
}

/** Dawn's own words about the adapters that it turned down. */
function refusalIn(stderr: string): string | undefined {
  const reasons = stderr
    .split('\n')
    .map((line) => line.replace(/^(Warning|Error): */, '').trim())
    .filter((line) => /requir|not support|unsupported|couldn't|failed|must be/i.test(line));
  return reasons.length > 0 ? [...new Set(reasons)].slice(0, 2).join('; ') : undefined;
}
