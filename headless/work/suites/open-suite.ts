import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RoadFiles } from '../../../evaluation/roads/road-files.ts';
import { roadFilesNamedIn } from '../../../evaluation/suites/named-roads.ts';
import { parseSuiteDocument, readSuite } from '../../../evaluation/suites/read-suite.ts';
import type { Suite } from '../../../evaluation/suites/suite.ts';
import { decodeText } from '../../../sim/decode-text.ts';
import { unknownName } from '../../../sim/nearest-name.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { readRoadFile } from '../tracks/open-track-or-file.ts';

/** Where the suites lie that have a name, with the roads that they bring; whatever is put there is one of them. */
export const SUITES = fileURLToPath(new URL('../../../evaluation/suites/', import.meta.url));
const ENDING = '.json';
/** A suite of the most episodes there may be, each with much to say, is smaller than this [bytes]. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The suites of a folder, those with few episodes first.
 * @throws Refusal that names the file and the field where one of them is damaged
 */
export async function listSuites(folder: string = SUITES): Promise<Suite[]> {
  const suites = await Promise.all((await namesIn(folder)).map((name) => readSuiteFile(fileOf(folder, name))));
  return suites.sort((a, b) => a.episodes.length - b.episodes.length || (a.name < b.name ? -1 : 1));
}

/**
 * A suite as a person names it: by its name, or by the path of a file that ends in `.json`.
 * @throws Refusal `unknown-suite` that names the nearest one, `unreadable-file`, or `bad-suite`
 */
export async function openSuite(nameOrFile: string, folder: string = SUITES): Promise<Suite> {
  return isSuiteFile(nameOrFile) ? readSuiteFile(nameOrFile) : openNamedSuite(nameOrFile, folder);
}

/**
 * A suite by its name; no name leads out of the folder.
 * @throws Refusal `unknown-suite` that names the nearest one, or `bad-suite`
 */
export async function openNamedSuite(name: string, folder: string = SUITES): Promise<Suite> {
  const names = await namesIn(folder);
  if (names.includes(name)) return readSuiteFile(fileOf(folder, name));
  throw unknownName('suite', name, names);
}

/** Whether this names a file that should hold a suite, by its ending. */
export function isSuiteFile(name: string): boolean {
  return name.toLowerCase().endsWith(ENDING);
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder))
    .filter(isSuiteFile)
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name}${ENDING}`);
}

async function readSuiteFile(file: string): Promise<Suite> {
  const document = parseSuiteDocument(await readText(file), file);
  return readSuite(document, file, await readRoads(roadFilesNamedIn(document), file));
}

/**
 * The road files that a suite names, from the folder in which it lies.
 * @throws Refusal `bad-suite` for one that is not there
 */
async function readRoads(names: readonly string[], suite: string): Promise<RoadFiles> {
  const roads: [string, string][] = [];
  for (const name of names) roads.push([name, await readRoad(name, suite)]);
  return Object.fromEntries(roads);
}

async function readRoad(name: string, suite: string): Promise<string> {
  try {
    return await readRoadFile(path.resolve(path.dirname(suite), name));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const mend = 'put the road file there: a suite’s tracks are found from the folder of the suite';
    throw new Refusal('bad-suite', `${suite}: ${name}`, `the road file ${error.what} (${error.where})`, mend);
  }
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_BYTES) return decodeText(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new Refusal('unreadable-file', file, what, 'name a suite of `wheelhouse tracks`, or the file of one');
  }
  throw new Refusal('too-large', file, `is larger than ${MAX_BYTES} bytes`, 'part it into several suites');
}
