import { hypot } from '../../maths/deterministic.ts';
import { roadThrough } from '../sampled-road.ts';
import type { Track } from '../track.ts';
import type { TrackStart } from '../track-name.ts';
import { crossSectionAt, type RouteSample } from './cross-section.ts';
import type { LaneRun } from './lane-run.ts';
import { markingsOf } from './markings.ts';
import { type OpenDriveNetwork, readOpenDrive } from './network.ts';
import { findRoute, type Route } from './route.ts';

/** Distance between the cross-sections that are taken of a route [m]. */
const SPACING = 2;
/** At a joint two cross-sections may fall together; one of two nearer than this is left out [m]. */
const LEAST_SPACING = 0.8;
/** Where no limit is stated: 80 km/h [m/s]. */
const SPEED_LIMIT = 80 / 3.6;
/** Roads are no steeper than this [1], and no more banked [rad]. */
const STEEPEST = 0.35;
const MOST_BANKED = 0.35;
/** A little inside a road, where its lanes are unambiguous [m]. */
const INSIDE = 1e-6;

/**
 * A track from an OpenDRIVE file: the longest route through its roads and junctions that needs no change of lane. Its
 * reference line is the middle of the driven lane.
 * @param text the file's contents
 * @param file its name, for messages and as the track's id
 * @param start where to begin
 * @throws Refusal `bad-opendrive`, `undrivable`, `unknown-road` or `unknown-lane`
 */
export function openDriveTrack(text: string, file: string, start?: TrackStart): Track {
  return trackOf(readOpenDrive(text, file), start);
}

/** The same for a file that has been read. */
export function trackOf(network: OpenDriveNetwork, start?: TrackStart): Track {
  const route = findRoute(network, start);
  const samples = samplesAlong(route);
  return roadThrough(samples, {
    id: network.file,
    name: network.file.replace(/^.*[/\\]/, '').replace(/\.xodr$/i, ''),
    family: 'file',
    closed: route.closed,
    shoulderWidth: 1,
    speedLimit: speedLimitsAlong(samples),
    drivingSide: route.runs[0]!.leg.road.rule === 'LHT' ? 'left' : 'right',
    oncomingCentre: samples.map(({ oncomingCentre }) => oncomingCentre),
    notes: [...network.notes, ...steepnessNotes(samples)],
    markings: markingsOf(samples),
  });
}

function samplesAlong({ runs, closed }: Route): RouteSample[] {
  const samples: RouteSample[] = [];
  for (const run of runs) {
    for (const s of placesAlong(run)) {
      const sample = crossSectionAt(run, s);
      const before = samples[samples.length - 1];
      if (before && hypot(sample.x - before.x, sample.y - before.y) < LEAST_SPACING) continue;
      samples.push(sample);
    }
  }
  const [first, last] = [samples[0]!, samples[samples.length - 1]!];
  if (closed && hypot(first.x - last.x, first.y - last.y) < LEAST_SPACING) samples.pop();
  return samples;
}

/** Tells of slopes and banks that are stated but that no car can be expected to keep to. */
function steepnessNotes(samples: readonly RouteSample[]): string[] {
  let [slope, bank] = [0, 0];
  samples.forEach((sample, i) => {
    const before = samples[i - 1];
    const rise = before ? (sample.z - before.z) / hypot(sample.x - before.x, sample.y - before.y) : 0;
    slope = Math.max(slope, Math.abs(rise));
    bank = Math.max(bank, Math.abs(sample.bank));
  });
  return [
    slope > STEEPEST && `it is ${(100 * slope).toFixed(0)} % steep, and a car may not get up`,
    bank > MOST_BANKED && `it is banked by ${((180 / Math.PI) * bank).toFixed(0)}°, and a car may slide down`,
  ].filter((note) => note !== false);
}

/** Through a junction that states none, the limit of the road before it holds on [m/s]. */
function speedLimitsAlong(samples: readonly RouteSample[]): number[] {
  let last = SPEED_LIMIT;
  return samples.map(({ speedLimit, inJunction }) => {
    if (speedLimit !== undefined) last = speedLimit;
    else if (!inJunction) last = SPEED_LIMIT;
    return last;
  });
}

/** Places along the road, in the direction of travel [m]. */
function placesAlong({ leg, from, to }: LaneRun): number[] {
  const count = Math.max(2, Math.round(Math.abs(to - from) / SPACING));
  const inside = (s: number): number => Math.min(leg.road.length - INSIDE, Math.max(INSIDE, s));
  return Array.from({ length: count + 1 }, (_, i) => inside(from + (i * (to - from)) / count));
}
