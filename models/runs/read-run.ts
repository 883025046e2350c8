import { z } from 'zod';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import { parseJson, parseOrRefuse } from '../../sim/parse.ts';
import { Refusal } from '../../sim/refusal.ts';
import { RUN_FILE, SUMMARY_FILE } from './layout.ts';
import { renewRun } from './old-runs.ts';
import { RUN_VERSION, type RunDescription, type RunStatus, runDescriptionSchema } from './run-description.ts';
import { type RunSummary, runSummarySchema } from './summary.ts';

/** A run as it is kept, read and checked. */
export interface ReadRun {
  readonly description: RunDescription;
  readonly summary: RunSummary | null;
  /** What to know of it, one line, when it was begun by an earlier version; null otherwise. */
  readonly note: string | null;
}

const STATUS_OF_END = { finished: 'finished', early: 'finished', aborted: 'stopped', failed: 'failed' } as const;

/** Status of a run that ended like this. One whose test failed can go on: there is nothing but the test left to do. */
export function statusOf({ stopped, error }: Pick<RunSummary, 'stopped' | 'error'>): RunStatus {
  return error === undefined ? STATUS_OF_END[stopped] : 'failed';
}

const MEND = 'copy the run folder again, or train anew';

/** Reads a run of this version or an earlier one. @throws Refusal when there is none, or it is damaged or newer */
export async function readRun(storage: FileStorage): Promise<ReadRun> {
  const refused = { code: 'damaged-run', where: `${storage.name}/${RUN_FILE}`, joint: ', ', mend: MEND };
  const text = await readIfThere(storage, RUN_FILE);
  if (text === undefined) {
    throw new Refusal('no-run', storage.name, 'there is no run.json', 'give the run folder of `wheelhouse train`');
  }
  const json = parseJson(text, refused);
  const old = renewRun(json, refused);
  if (old === undefined) {
    refuseNewer(json, refused.where);
    const description = parseOrRefuse(runDescriptionSchema, json, refused);
    return { description, summary: await readSummary(storage), note: null };
  }
  const summary = await readSummary(storage, old.summary);
  const status = summary === null ? old.description.status : statusOf(summary);
  return { description: { ...old.description, status }, summary, note: old.note };
}

function refuseNewer(json: unknown, where: string): void {
  const version = (json as { version?: unknown } | null)?.version;
  if (typeof version !== 'number' || version === RUN_VERSION) return;
  const what = `the run is of version ${version}, this program reads up to version ${RUN_VERSION}`;
  throw new Refusal('other-run', `${where}, version`, what, 'train anew, or use the program that began it');
}

/** @param instead of the file, where an earlier version kept it elsewhere */
async function readSummary(storage: FileStorage, instead?: unknown): Promise<RunSummary | null> {
  const text = instead === undefined ? await readIfThere(storage, SUMMARY_FILE) : undefined;
  if (instead === undefined && text === undefined) return null;
  const where = `${storage.name}/${SUMMARY_FILE}`;
  const json = instead ?? parseJson(text!, { code: 'damaged-run', where, mend: MEND });
  // How it ended is worth knowing even where figures of an earlier version are read no more.
  const { stopped } = z.looseObject({ stopped: runSummarySchema.shape.stopped }).safeParse(json).data ?? {};
  return runSummarySchema.safeParse(json).data ?? (stopped ? runSummarySchema.parse({ stopped }) : null);
}

async function readIfThere(storage: FileStorage, file: string): Promise<Uint8Array | undefined> {
  if (!(await storage.exists('')) || !(await storage.exists(file))) return undefined;
  return storage.read(file);
}
