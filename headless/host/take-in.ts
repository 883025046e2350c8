import { existsSync } from 'node:fs';
import { cp, stat } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../../sim/refusal.ts';
import { checkModelFiles } from './api/models.ts';
import type { Host } from './host.ts';
import { writeName } from './library/about.ts';

/** Whether something lies at the path. */
export function isKnown(place: string): boolean {
  return existsSync(place);
}

/**
 * Takes a folder of this machine into the library: a model at once, a recording of any format as an import job. A file
 * stands for the folder that it lies in.
 * @returns what it was taken for
 * @throws Refusal `missing-file`, and what makes a model's folder no model
 */
export async function takeIn(host: Host, place: string): Promise<'model' | 'recording'> {
  const about = await stat(place).catch(() => undefined);
  if (about === undefined) {
    throw new Refusal('missing-file', place, 'there is nothing here', 'name a recording’s or a model’s folder');
  }
  const folder = path.resolve(about.isDirectory() ? place : path.dirname(place));
  const name = path.basename(folder);
  if (!existsSync(path.join(folder, 'model.json'))) {
    host.jobs.import({ name, folder });
    return 'recording';
  }
  const draft = await host.library.createDraft();
  for (const file of ['model.json', 'weights.bin']) {
    await cp(path.join(folder, file), path.join(host.library.pathOf('drafts', draft), file)).catch(() => undefined);
  }
  const files = await host.library.files('drafts', draft);
  await checkModelFiles(files);
  await writeName(files, name);
  await host.library.publish(draft, 'models', name);
  return 'model';
}
