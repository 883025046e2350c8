import { z } from 'zod';
import { rootMeanSquare } from '../../sim/maths/signals.ts';
import { fixed } from '../numbers.ts';
import type { DriveTrace } from '../trace/drive-trace.ts';
import { type DriveContext, defineMetric } from './metric.ts';
import { MEAN } from './totals.ts';

/** The expert's speeds [m/s], tick by tick, where the car never came. */
function speedsMissed({ spec, completed, reference: { columns } }: DriveContext): readonly number[] {
  if (completed >= 1) return [];
  return columns.actualSpeed.filter((_, i) => columns.progress[i]! >= completed * spec.route);
}

function errorOf({ columns: { actualSpeed, referenceSpeed } }: DriveTrace, context: DriveContext): number {
  const driven = actualSpeed.map((speed, i) => speed - referenceSpeed[i]!);
  return rootMeanSquare([...driven, ...speedsMissed(context)]);
}

const speed = z.number().min(0);
export const speedRms = defineMetric({
  key: 'speedRms',
  name: 'speed RMS',
  unit: 'm/s',
  formula:
    'root mean square of the speed minus the expert’s at the same place; where the car never came, of 0 minus the expert’s',
  explanation: 'How far the car’s speed is from the expert’s, too fast or too slow; a car that stands is too slow',
  version: 2,
  better: 'lower',
  place: 'wide',
  judges: 'route',
  schema: { episode: speed.nullable(), summary: speed.exactOptional() },
  total: MEAN,
  ofEpisode: errorOf,
  // Of a route that was driven to its end both versions say the same.
  ofEarlier: (value, { completed }) => (completed >= 1 ? value : null),
  format: (value) => `${fixed(value, 2)} m/s`,
});
