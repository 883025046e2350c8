import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import { trafficBeside } from '../../../sim/episode/traffic-beside.ts';
import type { Track, TrackPosition } from '../../../sim/track/track.ts';
import { JUMP } from './displayed-state.ts';
import type { DrivenMoment, Moment } from './moment.ts';

/** Others are known only of a drive that was kept from its beginning on [s]. */
const BEGINNING = 1;

/**
 * Finds a drive of the past on its road: how far off the middle of the lane it was, how far it had come, and who else was
 * there.
 * @param begin world time of the first moment [s]
 */
export function onRoad(
  track: Track,
  spec: Pick<EpisodeSpec, 'traffic' | 'seed' | 'conditions'>,
  moments: readonly DrivenMoment[],
  begin: number,
): Moment[] {
  const places = moments.map(({ time, state: { x, y, speed } }) => ({ time: time + begin, x, y, speed }));
  const others = begin < BEGINNING ? trafficBeside(track, spec, places) : [];
  const position: TrackPosition = { s: 0, lateral: 0 };
  let progress = 0;
  return moments.map((moment, i) => {
    const { x, y } = moment.state;
    const last = moments[i - 1]?.state;
    const isNear = last !== undefined && Math.hypot(x - last.x, y - last.y) < JUMP;
    const before = position.s;
    track.project(x, y, isNear ? before : undefined, position);
    // On a closed road the start follows the end.
    const moved = position.s - before;
    if (isNear) progress += moved - track.length * Math.round(track.closed ? moved / track.length : 0);
    const lateralError = position.lateral - track.laneCentre(position.s);
    return { ...moment, lateralError, progress, others: others[i] ?? [] };
  });
}
