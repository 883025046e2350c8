import { z } from 'zod';
import type { RandomStream } from '../random/stream.ts';

/** A number; or from and to, between which the episode's seed draws one. */
export type Amount = number | readonly [number, number];

/** A number of a disturbance as people are told of it. */
export interface AmountField {
  /** e.g. `m/s`; empty for a factor. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly description: string;
  readonly optional?: true;
}

/** The schema of an amount, with unit and description in its metadata. */
export function amountSchema({ unit, min, max, description, optional }: AmountField): z.ZodType<Amount> {
  const value = z.number().min(min).max(max);
  const range = z.tuple([value, value]).refine(([from, to]) => from <= to, 'a range ends before it begins');
  const amount = z.union([value, range]).meta({ description, ...(unit !== '' && { unit }) });
  return optional === true ? (amount.exactOptional() as unknown as z.ZodType<Amount>) : amount;
}

/** The number of an amount in an episode. @param stream of this amount alone */
export function drawAmount(amount: Amount, stream: RandomStream): number {
  return typeof amount === 'number' ? amount : stream.uniform(...amount);
}
