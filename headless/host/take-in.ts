import { existsSync } from 'node:fs';
import { cp, stat } from 'node:fs/promises';
import path from 'node:path';
import { MODEL_FILE, WEIGHTS_FILE } from '../../models/files/model-format.ts';
import { Refusal } from '../../sim/refusal.ts';
import { checkModelFiles } from './api/models.ts';
import type { Host } from './host.ts';
import { writeName } from './library/about.ts';

/** Whether something lies at the path. */
export function isKnown(place: string): boolean {
  return existsSync(place);
}

/**
 * Takes something of this machine into the library: a model at once, a recording of any format as an import job. A file
 * is a recording by itself, unless it is one of a model or of a recording that consists of several; then it stands for
 * the folder that it lies in.
 * @returns what it was taken for
 * @throws Refusal `missing-file`, and what makes a model's folder no model
 */
export async function takeIn(host: Host, place: string): Promise<'model' | 'recording'> {
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
  if (!existsSync(path.join(whole, MODEL_FILE))) {
    host.jobs.import({ name: path.basename(whole), place: whole });
    return 'recording';
  }
  const draft = await host.library.createDraft();
  for (const file of [MODEL_FILE, WEIGHTS_FILE]) {
    await cp(path.join(whole, file), path.join(host.library.pathOf('drafts', draft), file)).catch(() => undefined);
  }
  const files = await host.library.files('drafts', draft);
  await checkModelFiles(files);
  await writeName(files, path.basename(whole));
  await host.library.publish(draft, 'models', path.basename(whole));
  return 'model';
}

/** Whether a file is one of several that make up a model or a recording, judged by its name. */
function isPart(file: string): boolean {
  return /\.(json|jsonl|bin|csv|txt|catalog|npy|jpe?g|png)$/i.test(file);
}
