import { existsSync, readFileSync } from 'node:fs';
import type { SampledRoad } from '../sample.ts';

/** Points a road that the reference was made with. */
export const REFERENCE_POINTS = 24;

/** A road file, and where points along its roads lie. */
export interface ReferenceRoads {
  /** e.g. `curves.xodr` */
  readonly file: string;
  /** Where the file lies. */
  readonly place: URL;
  readonly roads: readonly SampledRoad[];
  /** Whether every point is there, and not only some. */
  readonly whole: boolean;
}

/** Files with reference points: some that are always here, and all of them where those are beside the project. */
export function referenceRoads(): ReferenceRoads[] {
  const here = { folder: new URL('reference/', import.meta.url), list: 'opendrive.json', whole: false };
  const shared = new URL('../../../../../shared/data/tracks/', import.meta.url);
  const sets = [here, { folder: shared, list: 'opendrive-reference.json', whole: true }];
  return sets.flatMap(({ folder, list, whole }) => {
    const document = new URL(list, folder);
    if (!existsSync(document)) return [];
    const { files } = JSON.parse(readFileSync(document, 'utf8')) as { files: { file: string; roads: SampledRoad[] }[] };
    return files.map(({ file, roads }) => ({ file, place: new URL(file, folder), roads, whole }));
  });
}
