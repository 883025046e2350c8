import { expect, it } from 'vitest';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { DEFAULT_CAR } from '../../../sim/vehicle/parameters.ts';
import { canReplay, recordedDrive } from './recorded-drive.ts';

const metadata = {
  format: 'wheelhouse',
  name: 'My drive',
  rate: 20,
  timeSource: 'recorded' as const,
  cameras: {},
  conversions: [],
  driver: 'human',
  track: 'millbrook',
  conditions: JSON.parse(JSON.stringify({ ...CLEAR_DAY, light: 'dusk', friction: 0.6, colourSeed: 7 })),
};
const column = (...values: number[]) => Float64Array.from(values);
const columns = {
  time: column(12, 12.05),
  x: column(1, 2),
  y: column(3, 4),
  yaw: column(0.1, 0.2),
  steeringAngle: column(0.3, 0.5),
  speed: column(10, Number.NaN),
};

it('brings back where the car was and what was asked for, on the road that was driven', () => {
  const { setup, moments, begin } = recordedDrive({ metadata, columns, length: 2 });
  expect(setup).toEqual({ track: 'millbrook', light: 'dusk', friction: 0.6, seed: 7 });
  expect(begin).toBe(12);
  expect(moments.map(({ time }) => time)).toEqual([0, expect.closeTo(0.05, 9)]);
  expect(moments[1]!.state).toMatchObject({ x: 2, y: 4, yaw: 0.2, steeringWheelAngle: 0.5 });
  expect(moments[1]!.state.roadWheelAngle).toBeCloseTo(0.5 / DEFAULT_CAR.steeringRatio, 12);
  // A speed that was not recorded leaves no hole in the picture.
  expect(moments.map(({ commands }) => commands.person?.speed)).toEqual([10, 0]);
  expect(moments[0]!.commands.expert).toBeNull();
});

it('needs a road of ours and the car’s place on it', () => {
  const { x: _x, ...elsewhere } = columns;
  expect(canReplay({ metadata, columns })).toBe(true);
  expect(canReplay({ metadata, columns: elsewhere })).toBe(false);
  expect(() => recordedDrive({ metadata: { ...metadata, track: null }, columns, length: 2 })).toThrow(/My drive/);
});
