import { counted } from '../../sim/counted.ts';
import { clockStretches } from './clock.ts';
import { pickSamples } from './pick-samples.ts';
import { type Recording, sliceRecording } from './recording.ts';
import { findSegments } from './segments.ts';

/**
 * A recording of each stretch in which time does not run backwards: what lies in one folder and was recorded one after the
 * other, each with a clock of its own. They share the files; closing them leaves the whole open.
 */
export function splitByClock(recording: Recording): Recording[] {
  const { name } = recording.metadata;
  return clockStretches(recording.columns.time).map(({ start, end }, i) => {
    const part = sliceRecording(recording, start, end);
    return { ...part, metadata: { ...part.metadata, name: `${name} ${i + 1}` } };
  });
}

/**
 * A recording with its samples in the order of their times; of several with the same time the first stays. Its notes tell
 * what was done. It shares the files; closing it closes the whole.
 */
export function sortedByTime(recording: Recording): Recording {
  const { time } = recording.columns;
  const order = Int32Array.from(time, (_, index) => index).sort((a, b) => time[a]! - time[b]! || a - b);
  const samples = order.filter((sample, i) => i === 0 || time[sample] !== time[order[i - 1]!]);
  const moved = order.reduce((count, sample, i) => count + (sample === i ? 0 : 1), 0);
  const doubles = order.length - samples.length;
  if (moved === 0 && doubles === 0) return recording;
  const ascending = Float64Array.from(samples, (sample) => time[sample]!);
  const breaks = breaksOfReader(recording);
  const sorted = pickSamples(recording, {
    samples,
    segments: findSegments(
      ascending,
      Array.from(samples, (_, i) => i).filter((i) => breaks.has(samples[i]!)),
    ),
    key: 'sorted by time',
  });
  const notes = [...recording.notes];
  if (moved > 0) notes.push(`${counted(moved, 'sample stands', 'samples stand')} elsewhere in the order of times`);
  if (doubles > 0)
    notes.push(`${counted(doubles, 'sample is', 'samples are')} left out that repeat the time of another`);
  return { ...sorted, notes };
}

/** Samples that do not follow the one before them though their times do not tell: something between them was left out. */
function breaksOfReader({ columns, segments }: Recording): Set<number> {
  const toldByTime = new Set(findSegments(columns.time, []).map(({ start }) => start));
  return new Set(segments.map(({ start }) => start).filter((start) => !toldByTime.has(start)));
}
