import { counted } from '../../sim/counted.ts';
import { badSample } from './bad-samples.ts';

/** Finds rows of a table that name a picture which a row before named. */
export class RepeatedPictures {
  readonly #before = new Map<string, { readonly line: number; readonly labels: string }>();
  #last = '';
  #repeated = 0;

  /** Paths of all pictures that were named. */
  get used(): ReadonlySet<string> {
    return new Set(this.#before.keys());
  }

  /**
   * @param path of the picture
   * @param labels all that the row says of it
   * @returns `repeated` for a row to be left out; `again` where the row directly before it was the same
   * @throws Refusal for a row that says something else of the picture
   */
  judge(path: string, labels: unknown, line: number, where: string): 'new' | 'repeated' | 'again' {
    const text = JSON.stringify(labels);
    const twin = this.#before.get(path);
    const same = this.#last === path;
    this.#last = path;
    if (twin === undefined) {
      this.#before.set(path, { line, labels: text });
      return 'new';
    }
    if (twin.labels !== text) {
      const what = `line ${twin.line} gives the same picture ${path} other labels`;
      throw badSample(where, what, 'delete the wrong one, or skip bad samples (--skip-bad)');
    }
    this.#repeated++;
    return same ? 'again' : 'repeated';
  }

  /** For people. */
  notes(): string[] {
    return this.#repeated > 0
      ? [
          `${counted(this.#repeated, 'row repeats', 'rows repeat')} one before, with the same picture and labels: left out`,
        ]
      : [];
  }
}
