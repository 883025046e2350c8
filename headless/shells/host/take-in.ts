import { existsSync } from 'node:fs';
import { cp, stat } from 'node:fs/promises';
import path from 'node:path';
import { formats } from '../../../datasets/formats/open.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import { RUN_FILE, RUN_FOLDER_NAMES } from '../../../models/runs/layout.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { checkModelFiles } from './api/models.ts';
import type { Host } from './host.ts';
import { writeName } from './library/about.ts';
import type { Library } from './library/library.ts';
import { publishRun } from './library/publish-run.ts';

/** Extensions of the files of a model. */
const MODEL_PARTS = [MODEL_FILE, WEIGHTS_FILE].map((file) => path.extname(file).slice(1));

/** Whether something lies at the path. */
export function isKnown(place: string): boolean {
  return existsSync(place);
}

/**
 * Takes something of this machine into the library: a model or a run at once, a recording of any format as an import job. A file
 * is a recording by itself, unless it is one of a model, a run or a recording that consists of several; then it stands for
 * the folder that it lies in.
 * @returns what it was taken for
 * @throws Refusal `missing-file`, and what makes a model's folder no model
 */
export async function takeIn(host: Host, place: string): Promise<'model' | 'run' | 'recording'> {
  const about = await stat(place).catch(() => undefined);
  if (about === undefined) {
    throw new Refusal('missing-file', place, 'there is nothing here', 'name a recording’s or a model’s folder');
  }
  const whole = path.resolve(about.isFile() && isPart(place) ? path.dirname(place) : place);
  const name = path.parse(whole).name;
  if (about.isFile() && !isPart(place)) {
    host.jobs.import({ name, place: whole });
    return 'recording';
  }
  if (existsSync(path.join(whole, RUN_FILE))) {
    await takeInRun(host.library, whole);
    return 'run';
  }
  if (!existsSync(path.join(whole, MODEL_FILE))) {
    host.jobs.import({ name: path.basename(whole), place: whole });
    return 'recording';
  }
  await takeInModel(host.library, whole);
  return 'model';
}

async function takeInModel(library: Library, folder: string): Promise<void> {
  const draft = await library.createDraft();
  try {
    for (const file of [MODEL_FILE, WEIGHTS_FILE]) {
      const copy = path.join(library.pathOf('drafts', draft), file);
      await cp(path.join(folder, file), copy, { dereference: true }).catch(() => undefined);
    }
    const files = await library.files('drafts', draft);
    await checkModelFiles(files);
    await writeName(files, path.basename(folder));
    await library.publish(draft, 'models', path.basename(folder));
  } catch (error) {
    await library.remove('drafts', draft).catch(() => undefined);
    throw error;
  }
}

async function takeInRun(library: Library, folder: string): Promise<void> {
  const draft = await library.createDraft();
  try {
    for (const name of RUN_FOLDER_NAMES) {
      const copy = path.join(library.pathOf('drafts', draft), name);
      if (existsSync(path.join(folder, name))) await cp(path.join(folder, name), copy, { recursive: true });
    }
    await publishRun(library, draft, path.basename(folder));
  } catch (error) {
    await library.remove('drafts', draft).catch(() => undefined);
    throw error;
  }
}

/** Whether a file is one of several that make up a model or a recording, judged by its name. */
function isPart(file: string): boolean {
  const parts = formats.flatMap(({ files, whole }) => (whole === true ? [] : files));
  return [...parts, ...MODEL_PARTS].includes(path.extname(file).slice(1).toLowerCase());
}
