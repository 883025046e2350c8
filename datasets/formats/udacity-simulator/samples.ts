import { Refusal } from '../../../sim/refusal.ts';
import { type BadSamples, badSample } from '../bad-samples.ts';
import { timeColumn } from '../columns/times.ts';
import { timeInName } from '../date-time.ts';
import type { PictureIndex } from '../picture-index.ts';
import { lastPart } from '../picture-names.ts';
import { numberedSamples, pictureNumbers } from '../picture-numbers.ts';
import { RepeatedPictures } from '../repeated-pictures.ts';
import { byCount, byTime, type TimedSamples } from '../timed-samples.ts';
import type { Log, LogRow } from './log.ts';

export const CAMERAS = ['centre', 'left', 'right'] as const;
export type Camera = (typeof CAMERAS)[number];
/** Folder of the simulator's pictures. */
const PICTURES = 'IMG';
const ROLE = { centre: 'picture', left: 'left', right: 'right' } as const;

/** A row of the log with its pictures. */
export interface LoggedSample {
  readonly row: LogRow;
  /** Paths of its pictures; absent where a camera has none. */
  readonly paths: Readonly<Partial<Record<Camera, string>>>;
  /** Whether it does not follow the sample before it. */
  readonly gap: boolean;
}

/** The samples of a log. */
export interface ShownSamples {
  readonly samples: readonly LoggedSample[];
  /** Paths of all pictures that rows name, also rows that are left out. */
  readonly used: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/**
 * Finds the pictures of the rows. A side camera of which no picture is there was left out of the whole recording. A row that
 * repeats one before is left out; one that gives the same picture other labels is bad.
 * @param where name of the log, for refusals
 */
export function withPictures(
  rows: readonly LogRow[],
  index: PictureIndex,
  bad: BadSamples,
  where: string,
): ShownSamples {
  const cameras = CAMERAS.filter(
    (camera) => camera === 'centre' || rows.some(({ pictures }) => index.has(pictures[ROLE[camera]] ?? '')),
  );
  const samples: LoggedSample[] = [];
  const used = new Set<string>();
  const repeats = new RepeatedPictures();
  let gap = false;
  for (const row of rows) {
    gap ||= row.gap;
    const found = bad.try(() => {
      const paths = pathsOf(row, cameras, index, `${where}:${row.line}`);
      for (const path of Object.values(paths)) used.add(path);
      return { paths, kind: repeats.judge(paths.centre!, row.numbers, row.line, `${where}:${row.line}: center`) };
    });
    if (found?.kind === 'new') samples.push({ row, paths: found.paths, gap });
    // Nothing is missing where a row stands twice in succession.
    if (found?.kind !== 'again') gap = found?.kind !== 'new';
  }
  return { samples, used, notes: repeats.notes() };
}

function pathsOf(
  row: LogRow,
  cameras: readonly Camera[],
  index: PictureIndex,
  where: string,
): Partial<Record<Camera, string>> {
  const paths: Partial<Record<Camera, string>> = {};
  for (const camera of cameras) {
    const named = row.pictures[ROLE[camera]] ?? '';
    const at = `${where}: ${camera === 'centre' ? 'center' : camera}`;
    if (named !== '') paths[camera] = index.find(lastPart(named) === named ? `${PICTURES}/${named}` : named, at);
    else if (camera === 'centre') throw badSample(at, 'the row names no picture');
  }
  return paths;
}

/**
 * Times of samples: those in the names of the pictures, else of the log, else by the numbers of the pictures, else by count.
 * @param rate for samples without times [Hz]
 * @param where name of the log, for refusals
 */
export function inTime(samples: readonly LoggedSample[], log: Log, rate: number, where: string): TimedSamples {
  const gaps = samples.flatMap(({ gap }, i) => (gap && i > 0 ? [i] : []));
  const names = samples.map(({ paths }) => paths.centre!);
  const named = names.map(timeInName);
  const timeless = named.filter(Number.isNaN).length;
  if (timeless === 0) return byTime(named, gaps);
  const told = timesOfColumn(samples, log, where);
  if (told !== undefined) {
    const timed = byTime(told.seconds, gaps);
    return { ...timed, notes: [...told.notes, ...timed.notes] };
  }
  const mixed =
    timeless < names.length
      ? [`${timeless} of ${names.length} names of pictures hold no time, so the times of the others are not used`]
      : [];
  const numbers = mixed.length > 0 ? undefined : pictureNumbers(names);
  if (numbers !== undefined) return numberedSamples(numbers, rate, gaps);
  return byCount(names.length, rate, gaps, mixed);
}

/** Times of a column that the simulator does not write; undefined where there is none, or it counts rows. */
function timesOfColumn(
  samples: readonly LoggedSample[],
  { layout, number }: Log,
  where: string,
): { seconds: number[]; notes: readonly string[] } | undefined {
  const texts = samples.map(({ row }) => row.time ?? '');
  if (texts.includes('')) return undefined;
  const name = layout.header[layout.columns.get('time') ?? -1] ?? 'time';
  try {
    const column = timeColumn(texts, {}, name, number, `${where}: ${name}`);
    return {
      seconds: texts.map((text, i) => column.seconds(text, `${where}:${samples[i]!.row.line}: ${name}`)),
      notes: column.notes,
    };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unclear-unit') return undefined;
    throw error;
  }
}
