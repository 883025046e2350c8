import path from 'node:path';
import type { Evaluation } from '../../../evaluation/files/evaluation.ts';
import {
  changedRoad,
  keptRoadName,
  type RoadFiles,
  roadFileOf,
  roadHash,
} from '../../../evaluation/roads/road-files.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { SUITES } from '../suites/open-suite.ts';
import { readRoadFile } from '../tracks/open-track-or-file.ts';

/**
 * The road files that an evaluation was driven on: those that it keeps, else those of a folder that a person names, else
 * those that come with the suites.
 * @param file its `evaluation.json`
 * @param folder where else they may lie, by their names alone
 * @throws Refusal `missing-road`, or `changed-road` for one that is not as it was
 */
export async function recordedRoads(evaluation: Evaluation, file: string, folder?: string): Promise<RoadFiles> {
  const roads: Record<string, string> = {};
  for (const { spec } of evaluation.episodes) {
    const road = spec === undefined ? null : roadFileOf(spec);
    if (spec === undefined || road === null || Object.hasOwn(roads, road)) continue;
    if (spec.trackHash === undefined) {
      const mend = 'it was not written by `wheelhouse evaluate`; evaluate again';
      throw new Refusal('no-hashes', `${file}: trackHash`, `is missing for the road file ${road}`, mend);
    }
    roads[road] = await recordedRoad(road, spec.trackHash, placesOf(road, spec.trackHash, file, folder));
  }
  return roads;
}

/** Where a road may lie. What the document says is no path to follow: of a name only its last part is used. */
function placesOf(road: string, hash: string, file: string, folder: string | undefined): string[] {
  const base = road.split(/[/\\]/).at(-1)!;
  const kept = path.join(path.dirname(file), keptRoadName(road, hash));
  const named = folder === undefined ? [] : [path.join(folder, base)];
  return [...named, kept, path.join(SUITES, 'roads', base)];
}

async function recordedRoad(road: string, hash: string, places: readonly string[]): Promise<string> {
  let changed: Refusal | undefined;
  for (const place of places) {
    const text = await readRoadFile(place).catch(() => undefined);
    if (text === undefined) continue;
    if (roadHash(text) === hash) return text;
    changed ??= changedRoad(place, text, hash);
  }
  if (changed !== undefined) throw changed;
  const mend = 'name the folder in which it lies with --roads <folder>';
  throw new Refusal('missing-road', road, 'the evaluation was driven on this road file, and it is not there', mend);
}
