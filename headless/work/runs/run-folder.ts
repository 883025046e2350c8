import { mkdir, open, readdir, readFile, rename, rm, rmdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../../models/training/checkpoint.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { type RunDescription, runSchema } from './run-schema.ts';

const RUN_FILE = 'run.json';
const METRICS_FILE = 'metrics.jsonl';
const SUMMARY_FILE = 'summary.json';
const CHECKPOINT_FILE = path.join('checkpoints', 'last.ckpt');
const OURS: ReadonlySet<string> = new Set<string>([RUN_FILE, METRICS_FILE, SUMMARY_FILE, 'checkpoints']);
/** A checkpoint notes how long the metrics were, so that no line is told twice. */
const METRICS_BYTES = 'metricsBytes';

const summarySchema = z.looseObject({ stopped: z.enum(['finished', 'early', 'aborted']) });

/**
 * What is kept of a training: `run.json` (what was asked for, on which data, where), `metrics.jsonl` (a line per report,
 * examination and epoch), `checkpoints/last.ckpt`, and at the end `summary.json`. Every file but the metrics is whole or
 * absent; the metrics are cut back to the checkpoint when the run goes on.
 */
export class RunFolder {
  readonly folder: string;
  #metrics: Promise<Awaited<ReturnType<typeof open>>> | undefined;
  #bytes = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Begins a run; one that is finished gives way. @throws Refusal as `refuseTakenRun` does */
  static async create(folder: string, description: RunDescription): Promise<RunFolder> {
    await refuseTakenRun(folder);
    await rm(path.join(folder, RUN_FILE), { force: true });
    for (const name of OURS) await rm(path.join(folder, name), { recursive: true, force: true });
    await mkdir(path.join(folder, 'checkpoints'), { recursive: true });
    const run = new RunFolder(folder);
    await run.#write(RUN_FILE, `${JSON.stringify(description, undefined, 2)}\n`);
    return run;
  }

  /** Opens a run to go on with it, with its last checkpoint if it got that far. @throws Refusal when it is none */
  static async resume(
    folder: string,
  ): Promise<{ run: RunFolder; description: RunDescription; checkpoint: Checkpoint | undefined }> {
    const description = await readRun(folder);
    const run = new RunFolder(folder);
    const file = await readFile(path.join(folder, CHECKPOINT_FILE)).catch(ignoreMissing);
    const checkpoint = file && decodeCheckpoint(new Uint8Array(file), path.join(folder, CHECKPOINT_FILE));
    run.#bytes = checkpoint?.note[METRICS_BYTES] ?? 0;
    const metrics = path.join(folder, METRICS_FILE);
    await truncate(metrics, run.#bytes).catch(ignoreMissing);
    return { run, description, checkpoint };
  }

  /** Adds a line to the metrics. Numbers that are not finite become null. */
  async metric(line: Readonly<Record<string, unknown>>): Promise<void> {
    this.#metrics ??= open(path.join(this.folder, METRICS_FILE), 'a');
    const text = `${JSON.stringify(line)}\n`;
    this.#bytes += Buffer.byteLength(text);
    await (await this.#metrics).appendFile(text);
  }

  /** Replaces the checkpoint. */
  async checkpoint(state: Checkpoint['state']): Promise<void> {
    // What the checkpoint counts must not be lost before it.
    await (await this.#metrics)?.datasync();
    await this.#write(CHECKPOINT_FILE, encodeCheckpoint({ state, note: { [METRICS_BYTES]: this.#bytes } }));
  }

  async finish(summary: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#write(SUMMARY_FILE, `${JSON.stringify(summary, undefined, 2)}\n`);
  }

  async close(): Promise<void> {
    await (await this.#metrics)?.close();
    this.#metrics = undefined;
  }

  /** Takes a run back that was refused before its first checkpoint: nothing of it is worth keeping. */
  async discardUntrained(): Promise<void> {
    await this.close();
    if ((await readdir(path.join(this.folder, 'checkpoints'))).length > 0) return;
    for (const name of OURS) await rm(path.join(this.folder, name), { recursive: true, force: true });
    await rmdir(this.folder);
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    await writeWhole(path.join(this.folder, name), content);
  }
}

/** Writes a file whole or not at all, even when the machine loses power. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/** @throws Refusal when the folder holds something else, or a run that is not finished */
export async function refuseTakenRun(folder: string): Promise<void> {
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new Refusal('taken-folder', folder, 'this is not a folder', 'choose another one with --run');
  });
  if (present.length === 0) return;
  if (present.some((name) => !OURS.has(name) && !name.endsWith('.tmp'))) {
    const what = 'the folder holds something else than a run';
    throw new Refusal('taken-folder', folder, what, 'choose another one with --run');
  }
  const stopped = await howItEnded(folder);
  if (stopped === 'finished' || stopped === 'early') return;
  if (!present.includes(RUN_FILE)) return;
  const mend = 'go on with --resume and this folder, choose another one with --run, or delete it';
  throw new Refusal('unfinished-run', folder, 'a run was stopped here before its end', mend);
}

/** @returns undefined when a run has no end yet */
export async function howItEnded(folder: string): Promise<'finished' | 'early' | 'aborted' | undefined> {
  const text = await readFile(path.join(folder, SUMMARY_FILE), 'utf8').catch(ignoreMissing);
  if (text === undefined) return undefined;
  const summary = summarySchema.safeParse(parsed(text));
  return summary.success ? summary.data.stopped : undefined;
}

/** @throws Refusal when the folder holds no run, or one of another version */
export async function readRun(folder: string): Promise<RunDescription> {
  const where = path.join(folder, RUN_FILE);
  const text = await readFile(where, 'utf8').catch(() => {
    throw new Refusal('no-run', folder, 'there is no run.json', 'give the run folder of `wheelhouse train`');
  });
  const json = parsed(text);
  const version = (json as { version?: unknown } | undefined)?.version;
  if (typeof version === 'number' && version !== 1) {
    const what = `the run is of version ${version}, this program reads version 1`;
    throw new Refusal('other-run', `${where}, version`, what, 'train anew, or use the program that began it');
  }
  const run = runSchema.safeParse(json);
  if (run.success) return run.data;
  const { path: field, message } = run.error.issues[0]!;
  throw new Refusal('damaged-run', `${where}, ${field.join('.') || 'the whole file'}`, message, 'train anew');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
