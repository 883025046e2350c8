import { z } from 'zod';
import type { RandomStream } from '../random/stream.ts';

/** To which side something acts; `either` is drawn from the episode's seed. */
export const towardsSchema = z
  .enum(['left', 'right', 'either'])
  .meta({ description: 'to which side; `either` is drawn from the seed of the episode' });

/** 1 for left, -1 for right. */
export function sideOf(towards: z.infer<typeof towardsSchema>, stream: RandomStream): 1 | -1 {
  if (towards === 'either') return stream.fork('towards').uniform() < 0.5 ? 1 : -1;
  return towards === 'left' ? 1 : -1;
}
