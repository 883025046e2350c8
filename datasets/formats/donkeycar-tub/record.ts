import { z } from 'zod';

/** One record, whichever the version of the tub. */
export const recordSchema = z.record(z.string(), z.json());
export type TubRecord = z.infer<typeof recordSchema>;

export interface NumberedRecord {
  readonly index: number;
  /** Time stamp [s]; NaN without one. */
  readonly stamp: number;
  readonly record: TubRecord;
  /** File and line, for refusals. */
  readonly where: string;
}
