import type { WindowSource } from '../../datasets/windows/window-source.ts';
import type { Network } from '../network/network.ts';
import { OUTPUT_NAMES, OUTPUT_UNITS, type OutputName } from '../spec.ts';
import { type HeadScore, headScore } from './head-score.ts';
import { type HeadPredictions, type PredictOptions, predictOpenLoop } from './predict.ts';

/** Scores per head, with the baselines; a head without a single label is not there. */
export type OpenLoopReport = Partial<Record<OutputName, HeadScore>>;

export interface OpenLoopOptions extends PredictOptions {
  /** Samples a second [Hz]. Default: the rate of the network. */
  readonly rate?: number;
  /** The steering as it was recorded, by number of the sample, where the source has it smoothed: `recordedSteering`. */
  readonly recorded?: ArrayLike<number> | undefined;
}

/**
 * Compares a network with a recording that it was not trained on, head by head.
 * @param source consecutive windows without overlap (stride = T), with the truth to judge by
 */
export async function openLoopReport(
  network: Network,
  source: WindowSource,
  { rate = network.spec.input.rate, recorded, ...options }: OpenLoopOptions = {},
): Promise<OpenLoopReport> {
  return scoreHeads(await predictOpenLoop(network, source, options), rate, recorded);
}

/**
 * Scores what a network said, head by head.
 * @param rate samples a second [Hz]
 * @param recorded as in `OpenLoopOptions`
 */
export function scoreHeads(
  heads: Readonly<Record<OutputName, HeadPredictions>>,
  rate: number,
  recorded?: ArrayLike<number>,
): OpenLoopReport {
  const scores: OpenLoopReport = {};
  for (const name of OUTPUT_NAMES) {
    const { predicted, truth, samples, runs } = heads[name];
    if (truth.length === 0) continue;
    const asRecorded =
      name === 'steeringAngle' && recorded ? Float32Array.from(samples, (sample) => recorded[sample]!) : undefined;
    scores[name] = headScore({ predicted, truth, rate, unit: OUTPUT_UNITS[name], runs }, asRecorded);
  }
  return scores;
}
