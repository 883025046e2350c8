import { counted } from '../../sim/counted.ts';
import { lastPart } from './picture-names.ts';
import type { TimedSamples } from './timed-samples.ts';

/**
 * The numbers in the names of pictures that are numbered, such as `19.jpg` or `center_000019.png`.
 * @returns undefined where not every name has the one number that tells it from the others
 */
export function pictureNumbers(names: readonly string[]): number[] | undefined {
  const split = names.map((name) =>
    lastPart(name)
      .replace(/\.[a-z]+$/i, '')
      .split(/(\d+)/),
  );
  const parts = split[0]?.length ?? 0;
  if (parts < 3 || split.some((name) => name.length !== parts)) return undefined;
  const varying = Array.from({ length: parts }, (_, k) => k).filter((k) =>
    split.some((name) => name[k] !== split[0]![k]),
  );
  // A single picture has no other to differ from.
  const place = names.length === 1 && parts === 3 ? 1 : varying[0];
  if (varying.length > 1 || place === undefined || place % 2 === 0) return undefined;
  const numbers = split.map((name) => Number(name[place]));
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** Numbering that goes on by the same step at fewer places than this share says nothing by its gaps. */
const REGULAR = 0.5;

/**
 * Order, times and gaps of samples whose pictures are numbered.
 * @param numbers different ones
 * @param rate pictures that are numbered in a second [Hz]
 * @param gaps places in the list that do not follow the one before, which count where the list is in order
 */
export function numberedSamples(numbers: readonly number[], rate: number, gaps: readonly number[]): TimedSamples {
  const order = numbers.map((_, i) => i).sort((a, b) => numbers[a]! - numbers[b]!);
  const sorted = order.map((i) => numbers[i]!);
  const steps = sorted.slice(1).map((number, i) => number - sorted[i]!);
  const usual = [...steps].sort((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? 1;
  const regular = steps.filter((step) => step === usual).length >= REGULAR * steps.length;
  const missing = regular ? steps.flatMap((step, i) => (step > usual ? [i + 1] : [])) : [];
  const notes: string[] = [];
  const moved = order.filter((one, i) => one !== i).length;
  if (moved > 0)
    notes.push(`${counted(moved, 'line is', 'lines are')} not in the order of their pictures' numbers, which counts`);
  if (usual > 1 && steps.length > 1) {
    notes.push(
      `the pictures are numbered in steps of ${usual}: they are taken as every ${usual}th of ${rate} a second`,
    );
  }
  if (missing.length > 0) {
    const count = missing.reduce((sum, at) => sum + Math.round((sorted[at]! - sorted[at - 1]!) / usual) - 1, 0);
    const first = sorted[missing[0]! - 1]! + usual;
    notes.push(
      `${counted(count, 'number of a picture is', 'numbers of pictures are')} missing in ${counted(missing.length, 'place')}, ` +
        `the first ${first}: a gap at each`,
    );
  }
  return {
    order,
    time: Float64Array.from(sorted, (number) => (number - sorted[0]!) / rate),
    assumedRate: rate / usual,
    breaks: [...new Set([...missing, ...(moved > 0 ? [] : gaps)])].sort((a, b) => a - b),
    notes,
  };
}
