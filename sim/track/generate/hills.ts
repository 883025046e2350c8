import { cos, sin } from '../../maths/deterministic.ts';
import type { RandomStream } from '../../random/stream.ts';
import type { RoadSurface } from '../road.ts';
import type { TrackPoint } from '../track.ts';

/** How hilly a country is. */
export interface HillShape {
  /** Steepest slope of the land [1]. */
  readonly slope: number;
  /** Shortest and longest distance from crest to crest [m]. */
  readonly wavelength: readonly [number, number];
  /** Share of the slope that is one long hillside, in [0, 1]; the rest is waves. */
  readonly hillside: number;
  /** Superelevation in a sharp bend [rad]. */
  readonly bank: number;
}

interface Wave {
  readonly amplitude: number;
  /** Wave vector [rad/m]. */
  readonly kx: number;
  readonly ky: number;
  readonly phase: number;
}

const WAVES = 4;
/** Curvature at which a bend has half of its superelevation: that of a 120 m radius [1/m]. */
const HALF_BANK_CURVATURE = 1 / 120;

/**
 * A road that lies on the land: height is a sum of plane waves over x and y, so that parts of the road near each other
 * are at similar heights and a closed road closes in height too.
 */
export class Hills implements RoadSurface {
  readonly #waves: Wave[] = [];
  readonly #slopeX: number;
  readonly #slopeY: number;
  readonly #bank: number;

  constructor(shape: HillShape, chance: RandomStream) {
    this.#bank = shape.bank;
    const direction = chance.uniform(0, 2 * Math.PI);
    this.#slopeX = shape.slope * shape.hillside * cos(direction);
    this.#slopeY = shape.slope * shape.hillside * sin(direction);
    const share = (shape.slope * (1 - shape.hillside)) / WAVES;
    for (let i = 0; i < WAVES; i++) {
      const k = (2 * Math.PI) / chance.uniform(shape.wavelength[0], shape.wavelength[1]);
      const angle = chance.uniform(0, 2 * Math.PI);
      // The slopes of all waves add up to `slope` where they all are steepest.
      const amplitude = share / k;
      this.#waves.push({ amplitude, kx: k * cos(angle), ky: k * sin(angle), phase: chance.uniform(0, 2 * Math.PI) });
    }
  }

  shape(_s: number, point: TrackPoint): void {
    let z = this.#slopeX * point.x + this.#slopeY * point.y;
    let slopeX = this.#slopeX;
    let slopeY = this.#slopeY;
    for (const wave of this.#waves) {
      const angle = wave.kx * point.x + wave.ky * point.y + wave.phase;
      z += wave.amplitude * sin(angle);
      const slope = wave.amplitude * cos(angle);
      slopeX += slope * wave.kx;
      slopeY += slope * wave.ky;
    }
    point.z = z;
    point.grade = slopeX * cos(point.heading) + slopeY * sin(point.heading);
    // In a left bend the left side is lower.
    const bend = point.curvature / HALF_BANK_CURVATURE;
    point.bank = (-this.#bank * bend) / (1 + Math.abs(bend));
  }
}
