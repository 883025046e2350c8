import type { Recording } from '../../datasets/recording/recording.ts';
import { type RecordingSplit, splitRecordings } from '../../datasets/windows/split.ts';
import { steeringSpread } from '../../datasets/windows/steering-spread.ts';
import type { DataSettings } from './options.ts';

/** A part whose steering spreads over less than this share of what is learned from shows next to nothing of it. */
const STRAIGHT = 0.35;
/** Shares that are tried for a better part. */
const SHARES = [0.2, 0.3, 0.4, 0.5];

const PARTS = [
  {
    part: 'validation',
    share: 'validationShare',
    flag: '--validation',
    words: ['what validates', 'which epoch is kept, and when it stops, follows little'],
  },
  {
    part: 'test',
    share: 'testTail',
    flag: '--test-tail',
    words: ['the end that is held back', 'its score tells little of bends'],
  },
] as const;

type Settings = Pick<DataSettings, 'split' | 'validationShare' | 'testTail'>;

/**
 * What to know of parts that are nearly straight where what is learned from is not, a line each, with the least share that
 * mends it where one does.
 * @param split what the settings made of the recordings
 * @param used whether a part has windows at all
 */
export function straightParts(
  recordings: readonly Recording[],
  split: RecordingSplit,
  settings: Settings,
  used: Readonly<Record<'validation' | 'test', boolean>>,
): string[] {
  return PARTS.flatMap(({ part, share, flag, words: [what, so] }) => {
    if (!used[part] || !isStraight(split, part)) return [];
    const [seen, learned] = [split[part], split.train].map((parts) => steeringSpread(parts).toFixed(2));
    const more = SHARES.filter((tried) => tried > settings[share]);
    const better = more.find((tried) => {
      const other = { ...settings, [share]: tried };
      return !isStraight(splitRecordings(settings.split, recordings, other), part);
    });
    const mend = better === undefined ? '' : `; ${flag} ${better} has bends in it`;
    return [
      `${what} is nearly straight (its angles spread over ${seen} rad, those learned from over ${learned}), so ${so}${mend}`,
    ];
  });
}

/** Not for a part without labels: its spread is no number. */
function isStraight(split: RecordingSplit, part: 'validation' | 'test'): boolean {
  return steeringSpread(split[part]) < STRAIGHT * steeringSpread(split.train);
}
