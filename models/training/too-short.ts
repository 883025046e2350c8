import type { Recording } from '../../datasets/recording/recording.ts';
import { planWindows } from '../../datasets/windows/plan.ts';
import { MARGIN_SECONDS, type RecordingSplit, splitRecordings } from '../../datasets/windows/split.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { DataSettings } from './options.ts';

/** What decides whether there is a window to train on. */
export type PartSettings = Pick<DataSettings, 'split' | 'validationShare' | 'testTail'> & {
  readonly time: number;
  readonly rate: number;
};

/** Recordings that are named in a message. */
const NAMED = 3;

/**
 * The refusal of recordings that leave nothing to train on: by what, in numbers, and the least change that helps.
 * @param split what the settings made of the recordings
 */
export function tooShort(recordings: readonly Recording[], split: RecordingSplit, settings: PartSettings): Refusal {
  const names = recordings.map(({ metadata }) => metadata.name);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const where = `${names.slice(0, NAMED).join(', ')}${more}`;
  return new Refusal('too-short', where, causeOf(recordings, split, settings), mendOf(recordings, settings));
}

function causeOf(recordings: readonly Recording[], split: RecordingSplit, { time, rate }: PartSettings): string {
  const count = (parts: readonly Recording[]) => parts.reduce((sum, { length }) => sum + length, 0);
  const all = count(recordings);
  const [learned, validation, test] = [split.train, split.validation, split.test].map(count) as [
    number,
    number,
    number,
  ];
  const margins = all - learned - validation - test;
  const longest = longestRun(recordings, rate);
  if (longest === 0) return 'no sample has a picture to train on';
  if (longest < time) {
    return `the longest run without a gap has ${longest} samples at ${round(rate)} Hz, and a window has ${time} (T)`;
  }
  const left = learned === 0 ? 'nothing is left to train on' : `no run of the ${learned} left is as long as T, ${time}`;
  return (
    `of ${all} samples (${round(all / rate)} s at ${round(rate)} Hz) ${validation} validate, ${test} at the end are held ` +
    `back, ${margins} within ${MARGIN_SECONDS} s of those are left out, since neighbouring pictures look alike, and ${left}`
  );
}

/** The first change that leaves a window to train on. */
function mendOf(recordings: readonly Recording[], settings: PartSettings): string {
  const longest = longestRun(recordings, settings.rate);
  if (longest === 0) return 'record with a camera';
  // A window as long as the whole recording would be the only one.
  const shorter = { time: Math.min(settings.time, Math.max(1, Math.floor(longest / 4))) };
  const changes: Partial<PartSettings>[] = [
    shorter,
    { testTail: 0 },
    { validationShare: 0 },
    { testTail: 0, validationShare: 0 },
    { ...shorter, validationShare: 0 },
    { ...shorter, testTail: 0, validationShare: 0 },
  ];
  const helps = changes.find((change) => windowsWith(recordings, { ...settings, ...change }) > 0);
  return helps === undefined ? 'record more' : `${inWords(helps)}, or record more`;
}

function inWords({ testTail, validationShare, time }: Partial<PartSettings>): string {
  const flags = [
    ...(testTail === undefined ? [] : ['--test-tail 0']),
    ...(validationShare === undefined ? [] : ['--validation 0']),
    ...(time === undefined ? [] : [`--time ${time}`]),
  ];
  const untested = testTail === undefined ? '' : ' (nothing is tested then)';
  return `train with ${flags.join(' ')}${untested}`;
}

function windowsWith(recordings: readonly Recording[], { time, rate, ...settings }: PartSettings): number {
  const { train } = splitRecordings(settings.split, recordings, settings);
  return planWindows(train, train.map(anyCamera), { time, rate }).windows.length;
}

/** Samples of the longest run that windows can be made of, at the rate that they are read at. */
function longestRun(recordings: readonly Recording[], rate: number): number {
  const ticks = (time: number) => planWindows(recordings, recordings.map(anyCamera), { time, rate }).windows.length;
  let [fits, high] = [0, Math.max(0, ...recordings.map(({ length }) => length)) * 2 + 1];
  while (high - fits > 1) {
    const middle = (fits + high) >> 1;
    if (ticks(middle) > 0) fits = middle;
    else high = middle;
  }
  return fits;
}

function anyCamera({ cameras }: Recording) {
  const names = Object.keys(cameras) as (keyof typeof cameras)[];
  return names.includes('centre') ? 'centre' : names[0]!;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
