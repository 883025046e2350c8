import { sin } from '../maths/deterministic.ts';
import type { SpeedStyle } from '../planning/speed-plan.ts';
import { createStream } from '../random/stream.ts';
import type { Driver, EpisodeView } from './driver.ts';
import { type ExpertKnowledge, expertCommand, studyRoad } from './expert.ts';

/** How a driver weaves. */
export interface WeavingOptions {
  /** Largest distance from the middle of the lane that is aimed at [m]. */
  readonly amplitude: number;
  /** Time of one swing to and fro, from and to [s]. */
  readonly period: readonly [number, number];
  readonly style?: Partial<SpeedStyle>;
}

const SWINGS = 3;

/**
 * An expert that wanders about its lane: a sum of slow, seeded swings. Its own commands are no example to follow; they
 * take the car to places from which the expert's label leads back.
 */
export function createWeaving(options: Partial<WeavingOptions> = {}): Driver {
  const { amplitude = 0.7, period = [7, 16], style = {} } = options;
  let view: EpisodeView | undefined;
  let knowledge: ExpertKnowledge | undefined;
  let swings: { readonly rate: number; readonly phase: number }[] = [];
  let s: number | undefined;
  return {
    name: 'weaving',
    needsFrames: false,
    start(episode) {
      view = episode;
      knowledge = studyRoad(episode, style);
      const chance = createStream(episode.seed, 'weaving');
      swings = Array.from({ length: SWINGS }, () => ({
        rate: (2 * Math.PI) / chance.uniform(period[0], period[1]),
        phase: chance.uniform(0, 2 * Math.PI),
      }));
      s = undefined;
    },
    drive({ time }) {
      if (!view || !knowledge) throw new Error('drive before start');
      const state = view.truth();
      s = view.track.project(state.x, state.y, s).s;
      let target = 0;
      for (const { rate, phase } of swings) target += (amplitude / SWINGS) * sin(rate * time + phase);
      return expertCommand(knowledge, state, s, target);
    },
    relocated() {
      s = undefined;
    },
  };
}
