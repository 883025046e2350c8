import type { InputSpec } from '../../spec.ts';
import { findArchitecture } from '../../zoo/zoo.ts';
import { SHORT_WINDOWS } from './groups/frames.ts';

/** What a network looks at, with nothing left open. */
export type Look = Pick<InputSpec, 'width' | 'height' | 'time' | 'crop'>;

/** What an architecture is trained on when nothing else is said. @throws Refusal for a name that is not in the zoo */
export function lookOf(architecture: string): Look {
  const { width, height, crop, time } = findArchitecture(architecture).input;
  const { frames, networks } = SHORT_WINDOWS;
  return { width, height, crop, time: (networks as readonly string[]).includes(architecture) ? frames : time };
}

/** Options that a network needs for a loss: a gaussian one has to be told how sure the network is. */
export function optionsForLoss(loss: string, architecture: string): Readonly<Record<string, unknown>> {
  return loss === 'gaussian' && architecture !== 'deeptesla' ? { uncertainty: true } : {};
}
