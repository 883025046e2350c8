import { Refusal } from './refusal.ts';

/** One property that a part was checked for. */
export interface CheckResult {
  /** Stable, kebab-case, e.g. `same-twice`. */
  readonly name: string;
  readonly passed: boolean;
  /** What was found, in a line. */
  readonly what: string;
  /** How to mend it; empty when it passed. */
  readonly mend: string;
}

/** What the checks of a part found. */
export interface CheckReport {
  /** What was checked, by name. */
  readonly subject: string;
  /** All checks passed. */
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
}

/** A check that can be run. */
export interface Check {
  readonly name: string;
  /** How to mend a part that fails it. */
  readonly mend: string;
  /** @returns what was found, in a line. @throws anything when the part fails; the message says what is wrong */
  run(): string | Promise<string>;
}

/** Runs checks one after the other; one that fails does not keep the others from running. */
export async function runChecks(subject: string, checks: readonly Check[]): Promise<CheckReport> {
  const results: CheckResult[] = [];
  for (const { name, mend, run } of checks) results.push(await result(name, mend, run));
  return { subject, passed: results.every(({ passed }) => passed), checks: results };
}

/**
 * Turns a report with faults into a refusal, for scripts that want to stop.
 * @throws Refusal `failed-check` that names the first check that failed
 */
export function refuseFailed({ subject, checks }: CheckReport): void {
  const [first, ...others] = checks.filter(({ passed }) => !passed);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.map(({ name }) => name).join(', ')})`;
  throw new Refusal('failed-check', `${subject}: ${first.name}`, `${first.what}${more}`, first.mend);
}

async function result(name: string, mend: string, run: Check['run']): Promise<CheckResult> {
  try {
    return { name, passed: true, what: await run(), mend: '' };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { name, passed: false, what: what.replaceAll(/\s*\n\s*/g, ' '), mend };
  }
}
