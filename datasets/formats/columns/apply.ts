import { Refusal } from '../../../sim/refusal.ts';
import type { Conversion } from '../../recording/metadata.ts';
import type { Recording } from '../../recording/recording.ts';
import { ADJUSTABLE, type Adjustable, type ColumnReading, type ColumnReadings } from './readings.ts';

/** Our columns by what they hold, with the unit that they have. */
const COLUMNS: Readonly<Record<Adjustable, readonly [column: string, unit: string]>> = {
  steering: ['steeringAngle', 'rad of the steering wheel, left positive'],
  speed: ['speed', 'm/s'],
  torque: ['torque', 'N·m at the steering wheel, left positive'],
  throttle: ['throttle', '0 to 1'],
  brake: ['brake', '0 to 1'],
};

/**
 * A recording with its columns scaled, moved and turned round as a person says; its conversions tell so. What was measured
 * changes with the command where the source has one field for both.
 * @throws Refusal `unknown-column` for a column that the recording lacks
 */
export function withReadings(recording: Recording, readings: ColumnReadings): Recording {
  const adjusted = ADJUSTABLE.filter((role) => isAdjusted(readings[role]));
  if (adjusted.length === 0) return recording;
  const columns: Record<string, Float64Array> & { time: Float64Array } = {
    ...recording.columns,
    time: recording.columns.time,
  };
  let conversions = [...recording.metadata.conversions];
  for (const role of adjusted) {
    const reading = readings[role]!;
    const [name, unit] = COLUMNS[role];
    const stored = columns[name];
    if (stored === undefined) throw missing(recording, role);
    const before = conversions.find(({ column }) => column === name) ?? { column: name, field: name, unit, factor: 1 };
    const after = adjustedConversion(before, reading);
    const { factor, offset } = linear(reading, before);
    const values = stored.map((value) => factor * value + offset + 0);
    for (const [other, column] of Object.entries(columns)) {
      if (column === stored && !other.startsWith('source.')) columns[other] = values;
    }
    conversions = [...conversions.filter(({ column }) => column !== name), after];
  }
  return { ...recording, columns, metadata: { ...recording.metadata, conversions } };
}

function isAdjusted(reading: ColumnReading | undefined): boolean {
  return reading?.scale !== undefined || reading?.offset !== undefined || reading?.flip === true;
}

/** What is done to values that are in our unit already. */
function linear(
  { scale = 1, offset = 0, flip = false }: ColumnReading,
  { factor }: Conversion,
): { factor: number; offset: number } {
  const sign = flip ? -1 : 1;
  return { factor: sign * scale, offset: sign * factor * offset };
}

function adjustedConversion(before: Conversion, reading: ColumnReading): Conversion {
  const { scale, offset, flip = false } = reading;
  const change = linear(reading, before);
  const words = [
    ...(before.note === undefined ? [] : [before.note]),
    ...(scale === undefined ? [] : [`scaled by ${scale}`]),
    ...(offset === undefined ? [] : [`${offset} added`]),
    ...(flip ? ['sign turned round'] : []),
  ];
  const moved = change.factor * (before.offset ?? 0) + change.offset;
  return {
    ...before,
    factor: change.factor * before.factor,
    ...(moved !== 0 && { offset: moved }),
    note: `${words.join(', ')} as asked for`,
  };
}

function missing({ metadata, columns }: Recording, role: Adjustable): Refusal {
  const there = ADJUSTABLE.filter((other) => columns[COLUMNS[other][0]] !== undefined).join(', ') || 'none of them';
  return new Refusal(
    'unknown-column',
    `${metadata.name}: ${role}`,
    'the recording has no such column',
    `of those that can be changed it has ${there}`,
  );
}
