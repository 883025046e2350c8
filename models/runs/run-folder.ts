import type { FileStorage } from '../../datasets/storage/storage.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { ModelSpec } from '../spec.ts';
import { type Checkpoint, encodeCheckpoint } from '../training/checkpoint.ts';
import type { TrainingState } from '../training/records.ts';
import { readCheckpoint } from './checkpoints.ts';
import { CHECKPOINT_FILE, LOCK_FILE, RUN_FILE, RUN_FOLDER_NAMES, SUMMARY_FILE } from './layout.ts';
import type { MetricLine } from './metric-lines.ts';
import { MetricsLog } from './metrics-log.ts';
import { cutMetrics, endOfEpoch } from './read-metrics.ts';
import { readRun, statusOf } from './read-run.ts';
import type { RunDescription } from './run-description.ts';
import { type LockOptions, RunLock } from './run-lock.ts';
import { type RunSummary, runSummarySchema } from './summary.ts';
import { writeWhole } from './write-whole.ts';

/** A checkpoint notes how long the metrics were, so that no line is told twice. */
const METRICS_BYTES = 'metricsBytes';

interface Found extends Pick<RunFolder, 'description' | 'note' | 'checkpoint'> {
  /** Of the metrics that count. */
  readonly bytes: number;
  readonly isPlanned: boolean;
}
const NOTHING: Pick<Found, 'bytes' | 'isPlanned'> = { bytes: 0, isPlanned: false };

/** What may be changed in a run's description. */
export type RunChange = Partial<
  Pick<RunDescription, 'name' | 'status' | 'config' | 'data' | 'environment' | 'resumed'>
>;

/**
 * A run that is being trained, and the folder that keeps all of it: see `layout.ts`. Every file but the metrics is whole
 * or absent; the metrics are cut back to the checkpoint when the run goes on. Only the holder of its lock has one.
 */
export class RunFolder {
  readonly storage: FileStorage;
  /** Where it goes on; undefined when it begins. */
  readonly checkpoint: Checkpoint | undefined;
  /** What to know of a run that was begun by an earlier version. */
  readonly note: string | null;
  readonly #lock: RunLock;
  readonly #metrics: MetricsLog;
  #description: RunDescription;
  #isPlanned: boolean;

  private constructor(storage: FileStorage, lock: RunLock, { description, note, checkpoint, bytes, isPlanned }: Found) {
    this.storage = storage;
    this.checkpoint = checkpoint;
    this.note = note;
    this.#lock = lock;
    this.#description = description;
    this.#metrics = new MetricsLog(storage, bytes);
    this.#isPlanned = isPlanned;
  }

  /**
   * Begins a run in a folder; one there that is finished gives way.
   * @throws Refusal as `refuseTakenRun` does, or `run-held`
   */
  static async create(storage: FileStorage, description: RunDescription, options: LockOptions): Promise<RunFolder> {
    await refuseTakenRun(storage);
    const lock = await RunLock.take(storage, options);
    try {
      // Another may have begun one in the moment before.
      await refuseTakenRun(storage);
      for (const name of RUN_FOLDER_NAMES) if (name !== LOCK_FILE) await storage.remove(name);
      await writeDescription(storage, description);
      return new RunFolder(storage, lock, { description, note: null, checkpoint: undefined, ...NOTHING });
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /**
   * Takes a run up, with its last checkpoint if it got that far.
   * @throws Refusal when there is none, when it is damaged, or `run-held` when somebody else trains it
   */
  static async open(storage: FileStorage, options: LockOptions): Promise<RunFolder> {
    // Nothing is written into a folder that is no run.
    await readRun(storage);
    const lock = await RunLock.take(storage, options);
    try {
      const { description, note } = await readRun(storage);
      const checkpoint = await readCheckpoint(storage);
      const metrics = await cutMetrics(storage, await bytesAt(storage, checkpoint));
      return new RunFolder(storage, lock, { description, note, checkpoint, ...metrics });
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  get description(): RunDescription {
    return this.#description;
  }

  /** What people call the folder. */
  get folder(): string {
    return this.storage.name;
  }

  /** Aborted when somebody else has taken the run over. */
  get lost(): AbortSignal {
    return this.#lock.lost;
  }

  /** Whether its metrics have a plan already. */
  get isPlanned(): boolean {
    return this.#isPlanned;
  }

  /** Changes the description; what somebody else changed meanwhile, its name say, stays. */
  async update(change: RunChange): Promise<void> {
    this.#description = await updateRun(this.storage, change);
  }

  /** Adds a line to the metrics; it is written in a moment. */
  metric(line: MetricLine): void {
    this.#isPlanned ||= line.kind === 'plan';
    this.#metrics.add(line);
  }

  /** Replaces the checkpoint. @throws Refusal `run-held` when somebody else has taken the run over */
  async keep(state: TrainingState, spec: ModelSpec): Promise<void> {
    await this.#lock.renew();
    // What the checkpoint counts must not be lost before it.
    await this.#metrics.flush();
    const note = { [METRICS_BYTES]: this.#metrics.bytes };
    await writeWhole(this.storage, CHECKPOINT_FILE, encodeCheckpoint({ state, spec, note }));
  }

  /** Writes how it ended. */
  async end(summary: RunSummary): Promise<void> {
    await this.#metrics.flush();
    await writeWhole(this.storage, SUMMARY_FILE, `${JSON.stringify(summary, undefined, 2)}\n`);
    await this.update({ status: statusOf(summary) });
  }

  /** Writes why it did not go on; what came of it before stays. Whoever has taken it over tells how it ends. */
  async fail(message: string): Promise<void> {
    if (this.lost.aborted) return;
    const { summary } = await readRun(this.storage);
    await this.end({
      ...(summary ?? runSummarySchema.parse({ stopped: 'failed' })),
      stopped: 'failed',
      error: message,
    });
  }

  /** Lets go of it. */
  async close(): Promise<void> {
    await this.#metrics.flush().catch(() => undefined);
    await this.#lock.release();
    await this.storage.close();
  }

  /** Deletes all files of a run that was refused before its first checkpoint: nothing of it is worth keeping. */
  async discardUntrained(): Promise<boolean> {
    await this.close();
    if (await this.storage.exists(CHECKPOINT_FILE)) return false;
    if (this.checkpoint !== undefined) return false;
    for (const name of RUN_FOLDER_NAMES) await this.storage.remove(name);
    return true;
  }
}

/** Length of the metrics when a checkpoint was kept [bytes]. */
async function bytesAt(storage: FileStorage, checkpoint: Checkpoint | undefined): Promise<number> {
  if (checkpoint === undefined) return 0;
  // The app once kept no note of it.
  return checkpoint.note[METRICS_BYTES] ?? endOfEpoch(storage, checkpoint.state.epoch);
}

/** Writes the description of a run that begins in an empty folder. */
export async function writeDescription(storage: FileStorage, description: RunDescription): Promise<void> {
  await storage.write(RUN_FILE, `${JSON.stringify(description, undefined, 2)}\n`);
}

/** Changes a run's description, and brings one of an earlier version into today's form. */
export async function updateRun(storage: FileStorage, change: RunChange): Promise<RunDescription> {
  const { description } = await readRun(storage);
  const changed = { ...description, ...change, changed: new Date().toISOString() };
  await writeDescription(storage, changed);
  return changed;
}

/** @throws Refusal when the folder holds something else, or a run that is not finished */
export async function refuseTakenRun(storage: FileStorage): Promise<void> {
  const where = storage.name;
  if (!(await storage.exists(''))) return;
  const present = await storage.list().catch(() => {
    throw new Refusal('taken-folder', where, 'this is not a folder', 'choose another one with --run');
  });
  const names = present.map(({ name }) => name).filter((name) => name !== LOCK_FILE);
  if (names.length === 0) return;
  if (names.some((name) => !RUN_FOLDER_NAMES.includes(name) && !name.endsWith('.tmp'))) {
    const what = 'the folder holds something else than a run';
    throw new Refusal('taken-folder', where, what, 'choose another one with --run');
  }
  if (!names.includes(RUN_FILE)) return;
  if ((await readRun(storage)).description.status === 'finished') return;
  const mend = 'go on with --resume and this folder, choose another one with --run, or delete it';
  throw new Refusal('unfinished-run', where, 'a run was stopped here before its end', mend);
}
