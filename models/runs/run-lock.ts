import { z } from 'zod';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import { Refusal } from '../../sim/refusal.ts';
import { LOCK_FILE } from './layout.ts';

/** How often a holder says that it lives, and how long its word counts [ms]. */
const RENEWAL = 10_000;
export const CLAIM_LIFETIME = 60_000;
/** A dead holder's lock may be taken by somebody else first. */
const TRIES = 5;

const claimSchema = z.strictObject({
  /** Who it is: as long as one lives, no other has the same. */
  holder: z.string(),
  /** The same for people, e.g. `process 4711 on desk`. */
  words: z.string(),
  /** Process and machine, where the holder is one. */
  pid: z.int().optional(),
  host: z.string().optional(),
});
/** Whoever wants to train a run. */
export type Claim = z.infer<typeof claimSchema>;

/** `lock.json`: who holds a run, and when that was last said. */
export const heldSchema = claimSchema.extend({ renewed: z.iso.datetime() });
export type Held = z.infer<typeof heldSchema>;

export interface LockOptions {
  readonly claim: Claim;
  /** Whether a holder is known to be gone though its last word still counts. */
  readonly isGone?: (held: Held) => boolean;
}

/**
 * The right to train a run: a file in its folder that only one can write, and that its holder renews. Whoever was killed
 * loses it after `CLAIM_LIFETIME`, or at once where `isGone` can tell.
 */
export class RunLock {
  readonly #storage: FileStorage;
  readonly #claim: Claim;
  readonly #lost = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(storage: FileStorage, claim: Claim) {
    this.#storage = storage;
    this.#claim = claim;
    this.#timer = setInterval(() => void this.renew().catch(() => undefined), RENEWAL);
  }

  /** @throws Refusal `run-held` when somebody else trains it, saying who */
  static async take(storage: FileStorage, { claim, isGone }: LockOptions): Promise<RunLock> {
    for (let tries = 1; ; tries++) {
      const held = await readHolder(storage);
      if (held !== undefined && held.holder !== claim.holder && isAlive(held) && isGone?.(held) !== true) {
        throw refusalOf(storage.name, held);
      }
      if (held !== undefined) await storage.remove(LOCK_FILE);
      try {
        await storage.write(LOCK_FILE, textOf(claim), { exclusive: true });
        return new RunLock(storage, claim);
      } catch (error) {
        const isTaken = error instanceof Refusal && error.code === 'file-exists';
        if (!isTaken || tries === TRIES) throw error;
      }
    }
  }

  /** Aborted when somebody else has taken the run over, as after a long sleep of this machine. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Says that the holder lives. @throws Refusal `run-held` when the lock is another's now */
  async renew(): Promise<void> {
    const held = await readHolder(this.#storage);
    if (held !== undefined && held.holder !== this.#claim.holder) {
      const refusal = refusalOf(this.#storage.name, held);
      this.#lost.abort(refusal);
      throw refusal;
    }
    if (!this.#lost.signal.aborted) await this.#storage.write(LOCK_FILE, textOf(this.#claim));
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const held = await readHolder(this.#storage);
    if (held?.holder === this.#claim.holder) await this.#storage.remove(LOCK_FILE);
  }
}

/** Who trains a run, or did so last and let nobody know of its end; undefined when nobody does. */
export async function readHolder(storage: FileStorage): Promise<Held | undefined> {
  // Folders are listed, since browsers complain aloud about every file that is not found.
  if (!(await storage.exists(LOCK_FILE))) return undefined;
  const text = await storage.read(LOCK_FILE).catch(() => undefined);
  if (text === undefined) return undefined;
  const held = heldSchema.safeParse(parsed(text));
  // Nobody can be asked about a lock that cannot be read.
  return held.success ? held.data : { holder: '', words: 'nobody', renewed: new Date(0).toISOString() };
}

/** Whether a holder's last word still counts. */
export function isAlive({ renewed }: Held): boolean {
  return Date.now() - Date.parse(renewed) < CLAIM_LIFETIME;
}

function refusalOf(where: string, { words, renewed }: Held): Refusal {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(renewed)) / 1000));
  const what = `it is being trained by ${words}, last heard of ${seconds} s ago`;
  const mend = `let it end, or stop it there; one that was killed is gone after ${CLAIM_LIFETIME / 1000} s`;
  return new Refusal('run-held', where, what, mend);
}

function textOf(claim: Claim): string {
  return `${JSON.stringify({ ...claim, renewed: new Date().toISOString() } satisfies Held)}\n`;
}

function parsed(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}
