import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cos } from '../maths/deterministic.ts';
import { kinematicDerivative } from './kinematic.ts';
import type { VehicleParameters } from './parameters.ts';
import { singleTrackDerivative } from './single-track.ts';
import { type DriftDetails, driftDerivative, PUBLISHED_BLEND } from './single-track-drift.ts';
import { VEHICLES } from './vehicles.ts';

/** A part of the reference that is always here, and all of it where that is beside the project. */
const SETS = [
  { name: 'a part', file: new URL('testing/reference/commonroad.json', import.meta.url), derivatives: 15, rows: 4 },
  {
    name: 'all',
    file: new URL('../../../shared/data/vehicle/commonroad-reference.json', import.meta.url),
    derivatives: 51,
    rows: 16,
  },
].filter(({ file }) => existsSync(file));

interface Reference {
  vehicles: Record<string, Record<string, unknown>>;
  derivatives: { vehicle: string; model: string; state: number[]; input: [number, number]; derivative: number[] }[];
  trajectories: {
    vehicle: string;
    model: string;
    manoeuvre: string;
    sign: number;
    dt: number;
    initial: number[];
    rows: { t: number; state: number[] }[];
  }[];
}

type Derivative = (state: Float64Array, rate: number, acceleration: number, out: Float64Array) => void;

function derivativeOf(model: string, vehicle: VehicleParameters): Derivative {
  if (model === 'ks') return (...args) => kinematicDerivative(vehicle, ...args);
  if (model === 'st') return (...args) => singleTrackDerivative(vehicle, ...args);
  const details = {} as DriftDetails;
  return (state, steeringRate, acceleration, out) => {
    const input = { steeringRate, acceleration, friction: 1, forceX: 0, forceY: 0, moment: 0 };
    driftDerivative(vehicle, PUBLISHED_BLEND, state, input, out, details);
  };
}

function vehicleNamed(name: string): VehicleParameters {
  return VEHICLES.find((vehicle) => vehicle.name === name)!;
}

/** One step of the classic fourth-order Runge-Kutta method with the input held. */
function rungeKutta(f: Derivative, state: Float64Array, rate: number, acceleration: number, dt: number): Float64Array {
  const stage = (k: Float64Array, h: number) => {
    const out = new Float64Array(state.length);
    f(
      state.map((value, i) => value + h * k[i]!),
      rate,
      acceleration,
      out,
    );
    return out;
  };
  const k1 = stage(new Float64Array(state.length), 0);
  const k2 = stage(k1, dt / 2);
  const k3 = stage(k2, dt / 2);
  const k4 = stage(k3, dt);
  return state.map((value, i) => value + (dt / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
}

/** Steering rate and acceleration of the manoeuvres, as the reference file describes them. */
function demandOf(manoeuvre: string, sign: number, t: number): [number, number] {
  if (manoeuvre === 'step') return [t < 0.5 ? sign * 0.1 : 0, 0];
  if (manoeuvre === 'sine') return [sign * 0.12 * cos(2 * Math.PI * 0.5 * t), 0];
  return [t < 0.6 ? sign * 0.08 : 0, t >= 2 ? -4 : 0];
}

describe.each(SETS)('CommonRoad vehicle models 2020a, against $name of the reference', (set) => {
  const reference: Reference = JSON.parse(readFileSync(set.file, 'utf8'));

  it('has the same parameters', () => {
    for (const [name, published] of Object.entries(reference.vehicles)) {
      const ours = vehicleNamed(name);
      expect({
        l: ours.length,
        w: ours.width,
        m: ours.mass,
        a: ours.frontAxleDistance,
        b: ours.rearAxleDistance,
        I_z: ours.yawInertia,
        h_s: ours.cgHeight,
        R_w: ours.wheelRadius,
        I_y_w: ours.wheelInertia,
        T_sb: ours.brakeFrontShare,
        T_se: ours.driveFrontShare,
        steering: {
          min: -ours.limits.roadWheelAngle,
          max: ours.limits.roadWheelAngle,
          v_min: -ours.limits.roadWheelRate,
          v_max: ours.limits.roadWheelRate,
        },
        longitudinal: {
          v_min: ours.limits.minSpeed,
          v_max: ours.limits.maxSpeed,
          v_switch: ours.limits.switchSpeed,
          a_max: ours.limits.acceleration,
        },
      }).toEqual({ ...published, tire: undefined });
      const tyre = Object.entries(ours.tyre).map(([key, value]) => [key.toLowerCase(), value]);
      const published_ = Object.entries(published.tire as object).map(([key, value]) => [key.replace('_', ''), value]);
      expect(Object.fromEntries(published_)).toMatchObject(Object.fromEntries(tyre));
    }
  });

  it.each(['ks', 'st', 'std'])('%s derivatives agree to 1e-9 relative', (model) => {
    const cases = reference.derivatives.filter((item) => item.model === model);
    expect(cases.length).toBeGreaterThanOrEqual(set.derivatives);
    for (const { vehicle, state, input, derivative } of cases) {
      const out = new Float64Array(state.length);
      derivativeOf(model, vehicleNamed(vehicle))(Float64Array.from(state), ...input, out);
      for (const [i, expected] of derivative.entries()) {
        expect(Math.abs(out[i]! - expected)).toBeLessThanOrEqual(Math.max(1e-12, 1e-9 * Math.abs(expected)));
      }
    }
  });

  it.each(['ks', 'st', 'std'])('%s trajectories agree to 1e-6', (model) => {
    const cases = reference.trajectories.filter((item) => item.model === model);
    expect(cases.length).toBe(9);
    for (const { vehicle, manoeuvre, sign, dt, initial, rows } of cases) {
      expect(rows).toHaveLength(set.rows);
      const f = derivativeOf(model, vehicleNamed(vehicle));
      let state: Float64Array = Float64Array.from(initial);
      let step = 0;
      for (const row of rows) {
        for (; step < Math.round(row.t / dt); step++) {
          state = rungeKutta(f, state, ...demandOf(manoeuvre, sign, step * dt), dt);
        }
        for (const [i, expected] of row.state.entries()) {
          expect(Math.abs(state[i]! - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));
        }
      }
    }
  });
});
