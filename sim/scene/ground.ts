import { createNoise, fractal, type NoiseField, smoothStep } from './noise.ts';
import type { RoadLine, RoadSample } from './road-line.ts';

/** Beyond this distance the road has no say in the ground's height [m]. */
const REACH = 90;
/** Cross-sections this far apart shape the country around the road [m]. */
const ANCHOR_SPACING = 8;
/** The ground falls to the ditch and rises again beside the shoulder [m]. */
const DITCH = 0.35;

/** The height of the land: level with the road beside it, gentle hills away from it. */
export class Ground {
  readonly line: RoadLine;
  readonly #anchors: RoadSample[];
  readonly #hills: NoiseField;
  readonly #shoulder: number;

  constructor(line: RoadLine) {
    this.line = line;
    this.#shoulder = line.track.shoulderWidth;
    const every = Math.max(1, Math.round(ANCHOR_SPACING / line.step));
    this.#anchors = line.samples.filter((_, index) => index % every === 0);
    // The shape of the land belongs to the road, not to the conditions.
    this.#hills = createNoise(Math.round(line.track.length * 1000), 'hills');
  }

  /** Height of the surface [m], of the road where there is road. */
  height(x: number, y: number): number {
    const index = this.line.nearest(x, y, REACH);
    if (index < 0) return this.#country(x, y, REACH);
    const sample = this.line.samples[index]!;
    // The lateral offset from the cross-section, not the distance: the road is a surface, not a row of points.
    const lateral = (x - sample.x) * sample.leftX + (y - sample.y) * sample.leftY;
    const along = (x - sample.x) * sample.leftY - (y - sample.y) * sample.leftX;
    const beyond = this.beyondShoulder(sample, lateral);
    const held = Math.min(sample.left + this.#shoulder, Math.max(sample.right - this.#shoulder, lateral));
    const road = sample.z + held * sample.crossSlope + along * this.#grade(index);
    if (beyond <= 0) return road;
    const verge = road - DITCH * smoothStep(0, 2.5, beyond);
    const distance = Math.hypot(x - sample.x, y - sample.y);
    const blend = smoothStep(1.5, 12, beyond);
    return blend === 0 ? verge : verge + (this.#country(x, y, distance) - verge) * blend;
  }

  /** Distance of a lateral offset from the outer edge of the shoulder, negative inside [m]. */
  beyondShoulder(sample: RoadSample, lateral: number): number {
    return Math.max(lateral - sample.left - this.#shoulder, sample.right - this.#shoulder - lateral);
  }

  #grade(index: number): number {
    const { samples, step } = this.line;
    const before = samples[Math.max(0, index - 1)]!;
    const after = samples[Math.min(samples.length - 1, index + 1)]!;
    return (after.z - before.z) / (step * (Math.min(samples.length - 1, index + 1) - Math.max(0, index - 1)));
  }

  /** The land without ditch and shoulder: heights of the road carried outwards, with hills on top. */
  #country(x: number, y: number, distance: number): number {
    let sum = 0;
    let weights = 0;
    for (const anchor of this.#anchors) {
      const square = (anchor.x - x) ** 2 + (anchor.y - y) ** 2 + 40;
      const weight = 1 / (square * square);
      sum += weight * anchor.z;
      weights += weight;
    }
    const away = smoothStep(8, REACH, distance);
    const broad = fractal(this.#hills, x / 170, y / 170, 2) - 0.42;
    const fine = fractal(this.#hills, x / 31 + 40, y / 31, 2) - 0.5;
    return sum / weights + away * broad * 34 + smoothStep(4, 30, distance) * fine * 2.4;
  }
}
