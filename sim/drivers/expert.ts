import { LanePath } from '../planning/lane-path.ts';
import { onSlipperyRoad } from '../planning/slippery.ts';
import { SpeedPlan, type SpeedStyle } from '../planning/speed-plan.ts';
import { GRAVITY } from '../vehicle/limits.ts';
import type { Driver, EpisodeView } from './driver.ts';
import { curvatureRateOf, type ExpertKnowledge, expertCommand } from './expert-command.ts';
import { keepDistance } from './keep-distance.ts';

export { type ExpertKnowledge, expertCommand } from './expert-command.ts';

/** What a calm, able driver does. */
export const EXPERT_STYLE: SpeedStyle = {
  lateralAcceleration: 2.7,
  braking: 2,
  acceleration: 1.5,
  limitFactor: 1,
};

/** Works out all that the expert needs to know of a road. */
export function studyRoad(
  view: Pick<EpisodeView, 'track' | 'vehicle' | 'controlPeriod' | 'friction'>,
  style: Partial<SpeedStyle> = {},
): ExpertKnowledge {
  const path = new LanePath(view.track);
  const grip = (view.friction ?? 1) * view.vehicle.tyre.pDy1 * GRAVITY;
  const calm = onSlipperyRoad({ ...EXPERT_STYLE, ...style }, grip);
  const plan = new SpeedPlan(path, calm, curvatureRateOf(view.vehicle));
  return { path, plan, vehicle: view.vehicle, controlPeriod: view.controlPeriod };
}

/**
 * A driver that knows the road and the car's true state: it follows the middle of the driving lane with previewed
 * curvature and feedback, at a speed that bends, brakes and the limit allow.
 */
export function createExpert(style: Partial<SpeedStyle> = {}): Driver {
  let knowledge: ExpertKnowledge | undefined;
  let view: EpisodeView | undefined;
  let s: number | undefined;
  return {
    name: 'expert',
    needsFrames: false,
    start(episode) {
      view = episode;
      knowledge = studyRoad(episode, style);
      s = undefined;
    },
    drive() {
      if (!view || !knowledge) throw new Error('drive before start');
      const state = view.truth();
      s = view.track.project(state.x, state.y, s).s;
      const command = expertCommand(knowledge, state, s);
      return keepDistance(knowledge, command, s, view.others?.() ?? [], view.friction);
    },
    relocated() {
      s = undefined;
    },
  };
}
