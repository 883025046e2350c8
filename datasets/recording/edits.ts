import { z } from 'zod';

/** What a person calls something. Free text: pages show it as text, never as markup. */
export const nameSchema = z.string().trim().min(1).max(200);

const index = z.int().min(0);
/** Samples `start` to `end` (exclusive) that are left out. */
export const cutSchema = z
  .strictObject({ start: index, end: index })
  .refine((cut) => cut.end > cut.start, 'end must follow start');

/** Samples `start` to `end` (exclusive) of a column that get values between those around them. */
export const interpolatedSchema = z
  .strictObject({ column: z.string().min(1).max(200), start: index.min(1), end: index })
  .refine((stretch) => stretch.end > stretch.start, 'end must follow start');

/**
 * A person's edits of a recording. The samples stay as they are; whoever opens the recording leaves out what is cut, and
 * gets other values for what is interpolated.
 */
export const recordingEditsSchema = z.strictObject({
  /** What a person calls it, when not as its metadata says. */
  name: nameSchema.optional(),
  /** In order, without overlap; they count the samples as they are stored. */
  cuts: z
    .array(cutSchema)
    .max(10_000)
    .refine(
      (cuts) => cuts.every((cut, i) => i === 0 || cut.start >= cuts[i - 1]!.end),
      'cuts must be in order and must not overlap',
    ),
  /** Dropouts that are bridged; they count the samples as they are stored. */
  interpolated: z.array(interpolatedSchema).max(100_000).optional(),
});

export type Cut = Readonly<z.infer<typeof cutSchema>>;
export type Interpolated = Readonly<z.infer<typeof interpolatedSchema>>;
export type RecordingEdits = z.infer<typeof recordingEditsSchema>;

/** How many samples are left out. */
export function samplesCut(cuts: readonly Cut[]): number {
  return cuts.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The number that a sample has where nothing is left out. @param left its number among those that are left */
export function storedIndex(cuts: readonly Cut[], left: number): number {
  let stored = left;
  for (const { start, end } of cuts) {
    if (start > stored) break;
    stored += end - start;
  }
  return stored;
}

/** Edits that bridge dropouts, or cut them out. @param dropouts by the numbers that samples are stored under */
export function mendDropouts(
  edits: RecordingEdits,
  dropouts: readonly Interpolated[],
  how: 'interpolate' | 'cut',
): RecordingEdits {
  if (dropouts.length === 0) return edits;
  if (how === 'interpolate') return { ...edits, interpolated: [...(edits.interpolated ?? []), ...dropouts] };
  const cuts = dropouts.map(({ start, end }) => ({ start, end }));
  return { ...edits, cuts: cuts.reduce(addCut, edits.cuts) };
}

/** Cuts with one more, in order and without overlap; cuts that touch become one. */
export function addCut(cuts: readonly Cut[], cut: Cut): Cut[] {
  const merged: Cut[] = [];
  for (const next of [...cuts, cut].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && next.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    } else if (next.end > next.start) merged.push(next);
  }
  return merged;
}
