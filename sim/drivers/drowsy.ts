import type { Command } from '../command.ts';
import type { SpeedStyle } from '../planning/speed-plan.ts';
import { createStream, type RandomStream } from '../random/stream.ts';
import type { Driver, EpisodeView } from './driver.ts';
import { type ExpertKnowledge, expertCommand, studyRoad } from './expert.ts';

/** How a driver nods off. */
export interface DrowsyOptions {
  /** Time awake between two naps, from and to [s]. */
  readonly awake: readonly [number, number];
  /** Length of a nap, from and to [s]. */
  readonly nap: readonly [number, number];
  /** The driver wakes when the car is about to be this far from the middle of the lane [m]. */
  readonly alarm: number;
  readonly style?: Partial<SpeedStyle>;
}

/** How far ahead the half-asleep feel the car go astray [s]. */
const FORESIGHT = 0.6;

/**
 * An expert that now and then falls asleep for a moment: the hands stay as they were, until the nap is over or the car
 * has strayed. Then it steers back like the expert.
 */
export function createDrowsy(options: Partial<DrowsyOptions> = {}): Driver {
  const { awake = [3, 8], nap = [0.8, 2.5], alarm = 0.4, style = {} } = options;
  let view: EpisodeView | undefined;
  let knowledge: ExpertKnowledge | undefined;
  let chance: RandomStream | undefined;
  let s: number | undefined;
  let asleepFrom = 0;
  let asleepTo = 0;
  let held: Command | undefined;
  let lastOffset: number | undefined;

  const planNap = (time: number): void => {
    asleepFrom = time + chance!.uniform(awake[0], awake[1]);
    asleepTo = asleepFrom + chance!.uniform(nap[0], nap[1]);
    held = undefined;
  };

  return {
    name: 'drowsy',
    needsFrames: false,
    start(episode) {
      view = episode;
      knowledge = studyRoad(episode, style);
      chance = createStream(episode.seed, 'drowsy');
      s = undefined;
      lastOffset = undefined;
      planNap(0);
    },
    drive({ time }) {
      if (!view || !knowledge) throw new Error('drive before start');
      const state = view.truth();
      const place = view.track.project(state.x, state.y, s);
      s = place.s;
      const offset = place.lateral - view.track.laneCentre(s);
      const offsetBefore = lastOffset ?? offset;
      lastOffset = offset;
      const command = expertCommand(knowledge, state, s);
      if (time < asleepFrom) return command;
      const strays = Math.abs(offset + ((offset - offsetBefore) / view.controlPeriod) * FORESIGHT) > alarm;
      if (time >= asleepTo || strays) {
        planNap(time);
        return command;
      }
      // Eyes closed, the foot still feels the speed.
      held ??= command;
      return { ...held, speed: command.speed };
    },
    relocated() {
      s = undefined;
      lastOffset = undefined;
      held = undefined;
    },
  };
}
