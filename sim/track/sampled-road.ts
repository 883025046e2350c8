import type { Cubic } from './line/cubic.ts';
import { cubicSpline, splineThrough } from './line/spline.ts';
import { Road, type RoadParts, type RoadSurface } from './road.ts';
import type { Marking } from './track.ts';

/** A cross-section of a road. Offsets are from the point, left positive [m]. */
export interface CrossSectionSample {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Superelevation, positive when the left side is higher [rad]. */
  readonly bank: number;
  readonly laneCentre: number;
  readonly laneWidth: number;
  readonly leftEdge: number;
  readonly rightEdge: number;
}

/** A painted line as it was found at the samples. */
export interface MarkingSamples extends Pick<Marking, 'style' | 'colour' | 'width'> {
  /** `[count]` lateral offset [m]; NaN where there is no paint. */
  readonly offsets: readonly number[];
}

export interface SampledRoadOptions extends Pick<RoadParts, 'id' | 'name' | 'family' | 'drivingSide' | 'notes'> {
  readonly closed: boolean;
  /** One for all, or from each sample to the next [m/s]. */
  readonly speedLimit: number | readonly number[];
  /** `[count]` lateral offset of the oncoming traffic's lane at the samples [m]; NaN where it has none. */
  readonly oncomingCentre?: readonly number[];
  readonly shoulderWidth: number;
  readonly markings: readonly MarkingSamples[];
}

/**
 * A road through measured cross-sections: a smooth line through their points, everything else interpolated. It is moved
 * so that it begins at (0, 0, 0), and `Track.origin` is where it was measured: what is drawn is computed with 32 bits,
 * which at the coordinates of a map (UTM: millions of metres) leave half a metre between neighbouring numbers.
 * @param measured in the direction of travel, metres apart
 */
export function roadThrough(measured: readonly CrossSectionSample[], options: SampledRoadOptions): Road {
  const { closed, shoulderWidth, markings, speedLimit, oncomingCentre = [], ...names } = options;
  const { x, y, z } = measured[0]!;
  const origin = { x, y, z };
  const samples = measured.map((sample) => ({ ...sample, x: sample.x - x, y: sample.y - y, z: sample.z - z }));
  const xs = samples.map((sample) => sample.x);
  const ys = samples.map((sample) => sample.y);
  const { line, stations } = splineThrough(xs, ys, closed);
  const table = (values: readonly number[]) => interpolate(stations, values, closed);
  const crossSection = {
    laneCentre: table(samples.map(({ laneCentre }) => laneCentre)),
    laneWidth: table(samples.map(({ laneWidth }) => laneWidth)),
    leftEdge: table(samples.map(({ leftEdge }) => leftEdge)),
    rightEdge: table(samples.map(({ rightEdge }) => rightEdge)),
    shoulderWidth,
    markings: markings.map(({ offsets, ...paint }) => ({
      ...paint,
      offset: table(filled(offsets)),
      visibility: table(offsets.map((offset) => (Number.isNaN(offset) ? 0 : 1))),
    })),
  };
  const surface = profile(stations, samples, closed);
  // Who comes towards us needs a lane all along.
  const comes = oncomingCentre.length > 0 && !oncomingCentre.some(Number.isNaN);
  return new Road({
    ...names,
    origin,
    line,
    surface,
    crossSection,
    scenery: [],
    speedLimit: typeof speedLimit === 'number' ? speedLimit : (s) => speedLimit[intervalAt(stations, s)]!,
    ...(comes && { oncomingCentre: table(oncomingCentre) }),
  });
}

function profile(stations: Float64Array, samples: readonly CrossSectionSample[], closed: boolean): RoadSurface {
  const heights = cubicSpline(
    stations,
    samples.map(({ z }) => z),
    closed,
  );
  const bank = interpolate(
    stations,
    samples.map((sample) => sample.bank),
    closed,
  );
  return {
    shape(s, point) {
      const i = intervalAt(stations, s);
      const [a, b, c, d]: Cubic = heights[i]!;
      const u = s - stations[i]!;
      point.z = a + u * (b + u * (c + u * d));
      point.grade = b + u * (2 * c + 3 * u * d);
      point.bank = bank(s);
    },
  };
}

/** Linear between the stations. */
function interpolate(stations: Float64Array, values: readonly number[], closed: boolean): (s: number) => number {
  return (s) => {
    const i = intervalAt(stations, s);
    const share = (s - stations[i]!) / (stations[i + 1]! - stations[i]!);
    const to = closed && i + 1 === values.length ? 0 : i + 1;
    return (1 - share) * values[i]! + share * values[to]!;
  };
}

/** The values with each hole taking over the nearest value before it, or behind it at the start. */
function filled(values: readonly number[]): number[] {
  let last = values.find((value) => !Number.isNaN(value)) ?? 0;
  return values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
}

function intervalAt(stations: Float64Array, s: number): number {
  let low = 0;
  let high = stations.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stations[middle]! <= s) low = middle;
    else high = middle - 1;
  }
  return low;
}
