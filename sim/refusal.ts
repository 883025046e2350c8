/**
 * A refused input: something a person gave us is wrong and a person can mend it. The message is one line that says what
 * was wrong, where, and how to mend it. The command line prints it and exits with 1; anything else that is thrown is a
 * fault of ours.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Stable code for scripts, kebab-case, e.g. `unknown-suite`. */
  readonly code: string;
  /** The parts of the message, for who says the same of a larger thing; empty in a repeated refusal. */
  readonly where: string;
  readonly what: string;
  readonly mend: string;

  /**
   * @param code stable code for scripts
   * @param where file, line, field, road id or layer that is meant; may be empty
   * @param what what is wrong with it
   * @param mend how to mend it
   */
  constructor(code: string, where: string, what: string, mend: string) {
    super(`${where === '' ? '' : `${where}: `}${what}; ${mend}`.replaceAll(/\s*\n\s*/g, ' '));
    this.code = code;
    this.where = where;
    this.what = what;
    this.mend = mend;
  }

  /** A refusal that was made elsewhere, in a thread or a process of ours: as it was. */
  static repeated(code: string, message: string): Refusal {
    const refusal = new Refusal(code, '', '', '');
    refusal.message = message;
    return refusal;
  }
}

/** Does something whose refusals are to say where the matter stands, e.g. in which file. */
export function refusingAt<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw Refusal.repeated(error.code, `${where}: ${error.message}`);
  }
}
