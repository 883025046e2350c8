import { roadFriction } from '../conditions/grip.ts';
import type { Track, TrackPosition } from '../track/track.ts';
import { Traffic } from '../traffic/traffic.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import { DEFAULT_CAR } from '../vehicle/vehicles.ts';
import { CONTROL_PERIOD, type EpisodeSpec } from './spec.ts';

/** Moves longer than this between two moments are jumps [m]. */
const JUMP = 5;

/** Where our car was at a time. */
export interface KnownPlace {
  /** World time [s]. */
  readonly time: number;
  readonly x: number;
  readonly y: number;
  /** [m/s] */
  readonly speed: number;
}

/**
 * The other cars of a drive that is over, at each of these moments: how they drive follows from the episode and from
 * where our car was. Exact for moments of every control tick from the beginning on, until our car is put back: others
 * then still heed where it was before.
 */
export function trafficBeside(
  track: Track,
  { traffic: cars, seed, conditions }: Pick<EpisodeSpec, 'traffic' | 'seed' | 'conditions'>,
  places: readonly KnownPlace[],
): TrafficCar[][] {
  const traffic = new Traffic(track, cars, seed, roadFriction(conditions));
  const position: TrackPosition = { s: 0, lateral: 0 };
  const { length, width } = DEFAULT_CAR;
  let tick = 0;
  let before: KnownPlace | undefined;
  return places.map((place) => {
    const { time, x, y, speed } = place;
    const now = Math.round(time / CONTROL_PERIOD);
    const isNear = before !== undefined && Math.abs(before.x - x) + Math.abs(before.y - y) < JUMP;
    const { s, lateral } = track.project(x, y, isNear ? position.s : undefined, position);
    before = place;
    for (; tick < now; tick++) {
      traffic.step(CONTROL_PERIOD, tick * CONTROL_PERIOD, { id: 'ego', s, lateral, speed, length, width });
    }
    return traffic.present();
  });
}
