import { isUnclearNumber, type NumberReader } from '../../sim/csv/numbers.ts';
import { Refusal } from '../../sim/refusal.ts';

/** Decides what happens to a bad sample: the reading stops, or the sample is left out and listed. */
export class BadSamples {
  readonly skipped: string[] = [];
  readonly #skip: boolean;

  constructor(skip = false) {
    this.#skip = skip;
  }

  /**
   * Runs a job on one sample.
   * @returns what the job returns, or undefined when the sample is to be left out
   * @throws Refusal of the job, unless bad samples are skipped
   */
  try<T>(job: () => T): T | undefined {
    try {
      return job();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.leaveOut(error);
      return undefined;
    }
  }

  /**
   * Lists what is bad and left out.
   * @throws Refusal the one given, unless bad samples are skipped
   */
  leaveOut(refusal: Refusal): void {
    if (!this.#skip) throw refusal;
    this.skipped.push(refusal.message);
  }
}

/** The refusal for one bad sample. @param where file, line and field */
export function badSample(
  where: string,
  what: string,
  mend = 'mend or delete the line, or skip bad samples (--skip-bad)',
): Refusal {
  return new Refusal('bad-sample', where, what, mend);
}

/** A finite number from text. @param read how the file writes numbers @throws Refusal */
export function parseNumber(text: string | undefined, where: string, read: NumberReader = Number): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : read(text);
  if (!Number.isFinite(value)) {
    throw badSample(where, text === undefined ? 'the field is missing' : notANumber(text));
  }
  return value;
}

function notANumber(text: string): string {
  const why = isUnclearNumber(text)
    ? ': it may be a thousand, in a table that does not mark decimals by commas alone'
    : '';
  return `${JSON.stringify(text)} is no finite number${why}`;
}
