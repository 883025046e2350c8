import { describe, expect, it } from 'vitest';
import { aligningTorque, assistShare, type ColumnState, pneumaticTrail, servoTorque, stepColumn } from './column.ts';
import type { VehicleParameters } from './parameters.ts';
import { DEFAULT_CAR } from './vehicles.ts';

const DT = 1 / 200;
const { column: COLUMN } = DEFAULT_CAR;

/** The default car without Coulomb friction, whose column is then a linear system. */
const FRICTIONLESS: VehicleParameters = { ...DEFAULT_CAR, column: { ...COLUMN, friction: 0 } };

describe('power assist', () => {
  it('falls from its share at standstill to that at speed, halfway at the named speed', () => {
    expect(assistShare(DEFAULT_CAR, 0)).toBeCloseTo(COLUMN.assistAtStandstill, 12);
    expect(assistShare(DEFAULT_CAR, COLUMN.assistSpeed)).toBeCloseTo(
      (COLUMN.assistAtStandstill + COLUMN.assistAtSpeed) / 2,
      12,
    );
    expect(assistShare(DEFAULT_CAR, 1e4)).toBeCloseTo(COLUMN.assistAtSpeed, 4);
  });
});

describe('self-aligning moment', () => {
  it('has its full trail at zero slip and none once the whole patch slides', () => {
    expect(pneumaticTrail(DEFAULT_CAR, 0, 1)).toBeCloseTo(COLUMN.pneumaticTrail, 12);
    const sliding = (3 * DEFAULT_CAR.tyre.pDy1) / -DEFAULT_CAR.tyre.pKy1;
    expect(pneumaticTrail(DEFAULT_CAR, sliding * 0.999, 1)).toBeGreaterThan(0);
    expect(pneumaticTrail(DEFAULT_CAR, sliding * 1.001, 1)).toBe(0);
    expect(pneumaticTrail(DEFAULT_CAR, -sliding * 1.001, 1)).toBe(0);
  });

  it('falls steadily with the slip angle, and sooner on a slippery road', () => {
    let last = Number.POSITIVE_INFINITY;
    for (const slip of [0.01, 0.03, 0.06, 0.1, 0.13]) {
      const trail = pneumaticTrail(DEFAULT_CAR, slip, 1);
      expect(trail).toBeLessThan(last);
      expect(pneumaticTrail(DEFAULT_CAR, slip, 0.5)).toBeLessThan(trail);
      last = trail;
    }
  });

  it('turns the wheel back: force to the left, torque to the right', () => {
    const torque = aligningTorque(DEFAULT_CAR, 1000, -0.01, 1, 10);
    const trail = COLUMN.mechanicalTrail + pneumaticTrail(DEFAULT_CAR, 0.01, 1);
    expect(torque).toBeCloseTo((-1000 * trail * (1 - assistShare(DEFAULT_CAR, 10))) / DEFAULT_CAR.steeringRatio, 9);
    expect(torque).toBeLessThan(0);
  });
});

describe('column', () => {
  it('does not move while torque stays below the Coulomb friction', () => {
    const column: ColumnState = { angle: 0.3, rate: 0 };
    for (let i = 0; i < 100; i++) stepColumn(DEFAULT_CAR, column, 0.9 * COLUMN.friction, 0, DT);
    expect(column).toEqual({ angle: 0.3, rate: 0 });
  });

  it('comes to rest without ever reversing, and loses energy all the way', () => {
    const column: ColumnState = { angle: 0, rate: 4 };
    let last = column.rate;
    for (let i = 0; i < 400; i++) {
      stepColumn(DEFAULT_CAR, column, 0, 0, DT);
      expect(column.rate).toBeGreaterThanOrEqual(0);
      expect(column.rate).toBeLessThanOrEqual(last);
      last = column.rate;
    }
    expect(column.rate).toBe(0);
  });

  it('settles on torque over damping under constant torque', () => {
    const column: ColumnState = { angle: 0, rate: 0 };
    for (let i = 0; i < 200; i++) stepColumn(DEFAULT_CAR, column, 2, 0, DT);
    expect(column.rate).toBeCloseTo((2 - COLUMN.friction) / COLUMN.damping, 6);
  });

  it('stops at its end stops and keeps to its greatest rate', () => {
    const column: ColumnState = { angle: 0, rate: 0 };
    let fastest = 0;
    for (let i = 0; i < 1000; i++) {
      stepColumn(DEFAULT_CAR, column, 50, 0, DT);
      fastest = Math.max(fastest, column.rate);
    }
    expect(fastest).toBe(DEFAULT_CAR.maxSteeringWheelRate);
    expect(column).toEqual({ angle: DEFAULT_CAR.maxSteeringWheelAngle, rate: 0 });
  });
});

describe('arm servo', () => {
  it('answers a small step like a second-order system of its frequency, critically damped', () => {
    const column: ColumnState = { angle: 0, rate: 0 };
    const step = 0.01;
    const dt = DT / 20;
    for (let i = 1; i <= 6000; i++) {
      stepColumn(FRICTIONLESS, column, servoTorque(FRICTIONLESS, column, step, 0), 0, dt);
      const phase = COLUMN.servoFrequency * i * dt;
      expect(Math.abs(column.angle / step - (1 - (1 + phase) * Math.exp(-phase)))).toBeLessThan(0.01);
    }
  });

  it('holds an angle against friction and aligning torque to a thousandth of a radian', () => {
    const column: ColumnState = { angle: 0, rate: 0 };
    for (let i = 0; i < 400; i++) {
      stepColumn(DEFAULT_CAR, column, servoTorque(DEFAULT_CAR, column, 1, -3), -3, DT);
    }
    expect(Math.abs(column.angle - 1)).toBeLessThan(1.5e-3);
  });

  it('pulls no harder and turns no faster than it may', () => {
    const column: ColumnState = { angle: 0, rate: 0 };
    expect(servoTorque(DEFAULT_CAR, column, 8, -20)).toBe(DEFAULT_CAR.maxTorque);
    let fastest = 0;
    for (let i = 0; i < 400; i++) {
      stepColumn(DEFAULT_CAR, column, servoTorque(DEFAULT_CAR, column, -8, 0), 0, DT);
      fastest = Math.max(fastest, Math.abs(column.rate));
    }
    expect(fastest).toBeLessThanOrEqual(DEFAULT_CAR.maxSteeringWheelRate);
    expect(column.angle).toBeCloseTo(-8, 2);
  });
});
