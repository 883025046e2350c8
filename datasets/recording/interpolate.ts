import type { Interpolated } from './edits.ts';
import type { Recording } from './recording.ts';

/**
 * A recording whose columns have, in some stretches, values on straight lines over time between those around them.
 * @param stretches of columns that there are, within the recording and not at its ends
 */
export function interpolate(recording: Recording, stretches: readonly Interpolated[]): Recording {
  if (stretches.length === 0) return recording;
  const { time } = recording.columns;
  const columns: Record<string, Float64Array> & { time: Float64Array } = { ...recording.columns, time };
  for (const name of new Set(stretches.map(({ column }) => column))) {
    const values = recording.columns[name]!.slice();
    for (const { column, start, end } of stretches) {
      if (column !== name) continue;
      const [before, after] = [values[start - 1]!, values[end]!];
      const [from, until] = [time[start - 1]!, time[end]!];
      for (let i = start; i < end; i++) values[i] = before + ((time[i]! - from) / (until - from)) * (after - before);
    }
    columns[name] = values;
  }
  return { ...recording, columns };
}
