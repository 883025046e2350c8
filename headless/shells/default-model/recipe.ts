import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { RECORDING_PUSHES } from '../../../sim/disturbances/steering-pushes.ts';
import type { EpisodeSpec } from '../../../sim/episode/spec.ts';
import { TRAINING_SEEDS } from '../../../sim/track/seeds.ts';

/** How many drives the default model learns from. */
const DRIVES = 20;
/** Length of a drive [m]. */
const ROUTE = 600;
const LIGHTS = ['day', 'overcast', 'dusk'] as const;

/**
 * The drives that the default model learns from: country roads from easy to hard, in every light, from the seeds for
 * training, pushed off its line now and then. The suites' seeds lie in another range, so that no suite holds a road or a colour that was trained on.
 */
export function trainingDrives(): EpisodeSpec[] {
  return Array.from({ length: DRIVES }, (_, i) => {
    const seed = TRAINING_SEEDS.first + i;
    const difficulty = i / (DRIVES - 1);
    return {
      track: `country:${seed}:${difficulty.toFixed(2)}`,
      seed,
      conditions: { ...CLEAR_DAY, light: LIGHTS[i % LIGHTS.length]!, colourSeed: seed },
      route: ROUTE,
      // Half of the drives are steered by torque alone, so that what the torque does to the wheel is in the data.
      actuation: i % 2 === 0 ? 'angle' : 'torque',
      disturbances: [RECORDING_PUSHES],
    };
  });
}

/** How the default model is trained, where that differs from what everybody begins with. */
export const TRAINING = {
  architecture: 'cnn-lstm',
  time: 8,
  testTail: 0,
  training: { epochs: 6, batch: 8, learningRate: 1e-3, jitter: 0.2, patience: 0, seed: 1 },
} as const;
