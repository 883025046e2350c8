import { hypot } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { type CrossSectionSample, roadThrough } from '../sampled-road.ts';
import type { Track } from '../track.ts';
import { type CentreLineRow, readCentreLineRows } from './centre-line-rows.ts';

/** Points nearer to each other than this count as one [m]. */
const SAME_POINT = 0.01;
const FEWEST_POINTS = 8;
/** The gap from the last point to the first may be this many times the largest one between points. */
const CLOSING_FACTOR = 3;
/** Nobody states a limit for circuits; the expert needs one [m/s]. */
const SPEED_LIMIT = 30;

/**
 * A closed circuit from a centre line: `x_m,y_m,w_tr_right_m,w_tr_left_m` a line, or what its header names; `#` begins a
 * comment (the format of TUM's racetrack database). The whole width is one lane, and its middle is where to drive.
 * @param file its name, for messages and as the track's id
 * @throws Refusal `bad-centre-line` that names file, line and column
 */
export function readCentreLine(text: string, file: string): Track {
  const rows = readCentreLineRows(text, file);
  const samples = differentPoints(rows);
  const gap = (i: number): number => {
    const [from, to] = [samples[i]!, samples[(i + 1) % samples.length]!];
    return hypot(to.x - from.x, to.y - from.y);
  };
  if (samples.length > 1 && gap(samples.length - 1) < SAME_POINT) samples.pop();
  const refuse = (what: string, mend: string) => new Refusal('bad-centre-line', file, what, mend);
  if (samples.length < FEWEST_POINTS) {
    if (rows.length < FEWEST_POINTS) {
      throw refuse(`it has ${samples.length} different points`, `give at least ${FEWEST_POINTS}`);
    }
    const [across, along] = [extentOf(rows.map(({ x_m }) => x_m)), extentOf(rows.map(({ y_m }) => y_m))];
    const what = `its ${rows.length} points lie within ${across.toPrecision(2)} by ${along.toPrecision(2)} m`;
    throw refuse(what, 'give x_m and y_m in metres, not in degrees');
  }
  let largest = 0;
  for (let i = 0; i < samples.length - 1; i++) largest = Math.max(largest, gap(i));
  const closing = gap(samples.length - 1);
  if (closing > CLOSING_FACTOR * largest) {
    throw refuse(`the last point is ${closing.toFixed(1)} m from the first`, 'give a closed circuit, in driving order');
  }
  const paint = { style: 'solid', colour: 'white', width: 0.15 } as const;
  const name = file.replace(/^.*[/\\]/, '').replace(/\.csv$/i, '');
  return roadThrough(samples, {
    id: file,
    name,
    family: 'file',
    closed: true,
    shoulderWidth: 1.5,
    speedLimit: SPEED_LIMIT,
    markings: [
      { ...paint, offsets: samples.map(({ leftEdge }) => leftEdge - 0.2) },
      { ...paint, offsets: samples.map(({ rightEdge }) => rightEdge + 0.2) },
    ],
  });
}

function extentOf(values: readonly number[]): number {
  return (
    values.reduce((most, value) => Math.max(most, value)) - values.reduce((least, value) => Math.min(least, value))
  );
}

function differentPoints(rows: readonly CentreLineRow[]): CrossSectionSample[] {
  const samples: CrossSectionSample[] = [];
  for (const { x_m: x, y_m: y, w_tr_right_m: right, w_tr_left_m: left } of rows) {
    const before = samples[samples.length - 1];
    if (before && hypot(x - before.x, y - before.y) < SAME_POINT) continue;
    samples.push({
      x,
      y,
      z: 0,
      bank: 0,
      laneCentre: (left - right) / 2,
      laneWidth: left + right,
      leftEdge: left,
      rightEdge: -right,
    });
  }
  return samples;
}
