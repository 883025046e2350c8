import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { codec } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { registerWebCodecs } from '../../../headless/machine/images/webcodecs.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { allFiles } from '../../storage/all-files.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import type { FileStorage } from '../../storage/storage.ts';
import type { RecordingFormat } from '../format.ts';
import { formats, openAnyRecording } from '../open.ts';

/** Holds a folder for each format, and in it one for each sample recording of it. */
export const SAMPLES = path.resolve(import.meta.dirname, '../samples');

/** A sound small recording. */
export interface SampleRecording {
  /** `<format>/<sample>` */
  readonly name: string;
  readonly format: RecordingFormat;
  /** Where it lies on the disk. */
  readonly folder: string;
  /** Its files; to be copied before they are changed. */
  readonly storage: FileStorage;
}

/**
 * All sample recordings that can be read on this machine, by being there.
 * @param known formats
 * @throws Error for a folder that has the name of none of them
 */
export async function sampleRecordings(
  known: readonly RecordingFormat[] = formats,
  samples = SAMPLES,
): Promise<SampleRecording[]> {
  const video = await registerWebCodecs();
  const found: SampleRecording[] = [];
  for (const name of await foldersIn(samples)) {
    const format = known.find((one) => one.name === name);
    if (format === undefined) throw new Error(`${samples}/${name}: there is no format of this name`);
    for (const sample of await foldersIn(path.join(samples, name))) {
      const folder = path.join(samples, name, sample);
      const storage = new MemoryStorage(sample, await filesIn(folder));
      if (!video && (await needsVideo(storage, known))) continue;
      found.push({ name: `${name}/${sample}`, format, folder, storage });
    }
  }
  return found;
}

/** A copy of a sample in memory. */
export async function copyOf({ storage }: SampleRecording): Promise<MemoryStorage> {
  const copy = new MemoryStorage(storage.name);
  for (const file of await allFiles(storage)) await copy.write(file, await storage.read(file));
  return copy;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

async function filesIn(folder: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    files[path.relative(folder, file).split(path.sep).join('/')] = new Uint8Array(await readFile(file));
  }
  return files;
}

/** Whether it cannot be read without a decoder of videos. */
async function needsVideo(storage: FileStorage, known: readonly RecordingFormat[]): Promise<boolean> {
  try {
    const recording = await openAnyRecording(storage, codec, {}, known);
    for (const [camera, { has }] of Object.entries(recording.cameras)) if (has(0)) await recording.frame(0, camera);
    return false;
  } catch (error) {
    return error instanceof Refusal && error.code === 'no-video-decoder';
  }
}
