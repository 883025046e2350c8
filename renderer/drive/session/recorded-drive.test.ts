import { expect, it } from 'vitest';
import { presetConditions } from '../../../sim/conditions/presets.ts';
import { DEFAULT_CAR } from '../../../sim/vehicle/vehicles.ts';
import { canReplay, recordedDrive } from './recorded-drive.ts';
import { conditionsOf, FIRST_SETUP } from './setup.ts';

const conditions = { ...presetConditions('rain'), friction: 0.6, colourSeed: 7 };
const metadata = {
  format: 'wheelhouse',
  name: 'My drive',
  rate: 20,
  timeSource: 'recorded' as const,
  cameras: {},
  conversions: [],
  driver: 'human',
  track: 'millbrook',
  seed: 7,
  conditions: JSON.parse(JSON.stringify(conditions)),
  traffic: { leading: 1, oncoming: 2, parked: 0 },
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
  expect(setup).toMatchObject({ track: 'millbrook', seed: 7, friction: 0.6, traffic: { leading: 1, oncoming: 2 } });
  expect(conditionsOf({ ...setup, driver: 'human' })).toEqual(conditions);
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

it('is driven on a clear day without others where it says nothing of them', () => {
  const { conditions: _c, traffic: _t, seed: _s, ...silent } = metadata;
  const { setup } = recordedDrive({ metadata: silent, columns, length: 2 });
  expect({ ...setup, seed: 1, driver: 'expert' }).toEqual(FIRST_SETUP);
});
