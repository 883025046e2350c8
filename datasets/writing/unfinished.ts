import { Refusal } from '../../sim/refusal.ts';
import { completeLines } from '../storage/lines.ts';
import { type AppendHandle, type FileStorage, TEMPORARY_NAME } from '../storage/storage.ts';

/** Lies in a folder for as long as an import into it or an export into it is not finished. */
export const UNFINISHED_FILE = 'unfinished-transfer.jsonl';

/** @throws Refusal `unfinished` when a transfer into the folder was stopped, so that nobody takes half for the whole */
export async function refuseUnfinished(storage: FileStorage): Promise<void> {
  if (!(await storage.exists(UNFINISHED_FILE))) return;
  throw new Refusal(
    'unfinished',
    storage.name,
    'an import or export into this folder was stopped before its end',
    `run the same command again to finish it, or delete ${UNFINISHED_FILE} to use what is there`,
  );
}

/** What happened to a sample: it is written (null), or it was left out for this reason. */
export type Outcome = string | null;

/**
 * What an export has done so far, in a file beside what it writes: the first line says what is exported, each further one
 * what happened to a sample. It survives this process at any moment.
 */
export class Journal {
  /** Of the samples that are done, from the first. */
  readonly outcomes: Outcome[];
  readonly #storage: FileStorage;
  readonly #file: AppendHandle;

  private constructor(storage: FileStorage, file: AppendHandle, outcomes: Outcome[]) {
    this.#storage = storage;
    this.#file = file;
    this.outcomes = outcomes;
  }

  /**
   * Starts a journal in an empty folder, or goes on with the one that is there.
   * @param about tells this transfer from others
   * @param keep whether what was done before counts; otherwise everything begins anew
   * @throws Refusal `taken-folder` when the folder holds something else
   */
  static async open(storage: FileStorage, about: string, keep: boolean): Promise<Journal> {
    const taken = (what: string): Refusal => {
      return new Refusal('taken-folder', storage.name, what, 'empty it, or choose another one');
    };
    if (!(await storage.exists(UNFINISHED_FILE))) {
      if (!(await isEmpty(storage))) throw taken('the folder is not empty');
      await storage.write(UNFINISHED_FILE, `${about}\n`);
      return new Journal(storage, await storage.openAppend(UNFINISHED_FILE), []);
    }
    const outcomes: Outcome[] = [];
    let end = 0;
    for await (const lines of completeLines(storage, UNFINISHED_FILE)) {
      for (const line of lines) {
        if (line.number > 1) outcomes.push(JSON.parse(line.text));
        else if (line.text !== about) {
          throw taken('the folder holds an unfinished export of something else, or with other options');
        }
        if (keep || line.number === 1) end = line.end;
      }
    }
    if (keep) await removeTemporary(storage);
    else {
      outcomes.length = 0;
      await emptyFolder(storage, UNFINISHED_FILE);
    }
    return new Journal(storage, await storage.openAppend(UNFINISHED_FILE, { truncateTo: end }), outcomes);
  }

  /** Tells what happened to the next sample. Everything of it must be written by then. */
  async add(outcome: Outcome): Promise<void> {
    await this.#file.append(new TextEncoder().encode(`${JSON.stringify(outcome)}\n`));
  }

  /** The transfer is whole. */
  async finish(): Promise<void> {
    await this.#file.close();
    await this.#storage.remove(UNFINISHED_FILE);
  }

  /** The transfer can be gone on with. */
  close(): Promise<void> {
    return this.#file.close();
  }
}

async function isEmpty(storage: FileStorage): Promise<boolean> {
  return !(await storage.exists('.')) || (await storage.list()).length === 0;
}

/** Removes the files that a killed process was just writing. */
export async function removeTemporary(storage: FileStorage, folder = ''): Promise<void> {
  for (const { name, kind } of await storage.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'folder') await removeTemporary(storage, path);
    else if (TEMPORARY_NAME.test(name)) await storage.remove(path);
  }
}

/** @param except name of an entry that stays */
export async function emptyFolder(storage: FileStorage, except?: string): Promise<void> {
  for (const { name } of await storage.list()) if (name !== except) await storage.remove(name);
}
