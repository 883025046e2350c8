import { describe, expect, it } from 'vitest';
import { GRAVITY } from './limits.ts';
import { holdingTorque, steadyCurvature, steadySteeringWheelAngle } from './steady-cornering.ts';
import { stillAirDrag } from './surroundings.ts';
import { DEFAULT_CAR, FORD_ESCORT, VEHICLES, VW_VANAGON } from './vehicles.ts';

describe('steady cornering', () => {
  it.each(VEHICLES)('of the $name follows the linear bicycle formula in wide bends', (vehicle) => {
    const { mass, wheelbase, frontAxleDistance: a, rearAxleDistance: b, tyre } = vehicle;
    for (const speed of [3, 10, 20, 30]) {
      const moved = (stillAirDrag(vehicle, speed) * vehicle.cgHeight) / wheelbase;
      const frontStiffness = -tyre.pKy1 * ((mass * GRAVITY * b) / wheelbase - moved);
      const rearStiffness = -tyre.pKy1 * ((mass * GRAVITY * a) / wheelbase + moved);
      // Gillespie, Fundamentals of Vehicle Dynamics, ch. 6: delta = L/R + (Wf/Cf - Wr/Cr)·ay/g.
      const gradient = (mass / wheelbase) * (b / frontStiffness - a / rearStiffness);
      const curvature = 0.05 / (speed * speed);
      const expected = (wheelbase + gradient * speed * speed) * curvature * vehicle.steeringRatio;
      expect(steadySteeringWheelAngle(vehicle, speed, curvature) / expected).toBeCloseTo(1, 3);
    }
  });

  it('is plain geometry at walking pace', () => {
    const { wheelbase, rearAxleDistance, steeringRatio } = DEFAULT_CAR;
    const radius = 8;
    // The rear axle runs on a smaller circle than the centre of gravity.
    const rearRadius = Math.sqrt(radius * radius - rearAxleDistance * rearAxleDistance);
    const expected = Math.atan(wheelbase / rearRadius) * steeringRatio;
    expect(steadySteeringWheelAngle(DEFAULT_CAR, 0.01, 1 / radius)).toBeCloseTo(expected, 4);
  });

  it('needs more angle than the linear formula near the limit of grip', () => {
    const speed = 20;
    const wide = steadySteeringWheelAngle(DEFAULT_CAR, speed, 0.001);
    const tight = steadySteeringWheelAngle(DEFAULT_CAR, speed, 0.024);
    expect(tight / wide).toBeGreaterThan(24 * 1.05);
  });

  it('is inverted by steadyCurvature, on dry and on slippery road', () => {
    for (const vehicle of [DEFAULT_CAR, FORD_ESCORT, VW_VANAGON]) {
      for (const friction of [1, 0.4]) {
        for (const speed of [0, 1, 8, 25]) {
          for (const curvature of [-0.03, -0.004, 0, 0.0005, 0.01]) {
            if (speed * speed * Math.abs(curvature) > 9 * friction) continue;
            const angle = steadySteeringWheelAngle(vehicle, speed, curvature, friction);
            expect(steadyCurvature(vehicle, speed, angle, friction)).toBeCloseTo(curvature, 10);
          }
        }
      }
    }
  });

  it('answers more than the tyres can give with the most they can', () => {
    const most = steadyCurvature(DEFAULT_CAR, 20, 8);
    expect(most * 400).toBeLessThan(DEFAULT_CAR.tyre.pDy1 * GRAVITY);
    expect(most * 400).toBeGreaterThan(0.95 * DEFAULT_CAR.tyre.pDy1 * GRAVITY);
    expect(steadySteeringWheelAngle(DEFAULT_CAR, 20, 1)).toBe(steadySteeringWheelAngle(DEFAULT_CAR, 20, 2));
  });
});

describe('holding torque', () => {
  it('pulls towards the bend, is odd in the angle and zero straight ahead', () => {
    expect(Math.abs(holdingTorque(DEFAULT_CAR, 15, 0))).toBe(0);
    expect(holdingTorque(DEFAULT_CAR, 15, 0.4)).toBeGreaterThan(0.5);
    expect(holdingTorque(DEFAULT_CAR, 15, -0.4)).toBeCloseTo(-holdingTorque(DEFAULT_CAR, 15, 0.4), 12);
  });

  it('grows with speed at the same angle, and lets go near the limit of grip', () => {
    expect(holdingTorque(DEFAULT_CAR, 20, 0.2)).toBeGreaterThan(2 * holdingTorque(DEFAULT_CAR, 10, 0.2));
    const limit = steadySteeringWheelAngle(DEFAULT_CAR, 20, 1);
    expect(holdingTorque(DEFAULT_CAR, 20, limit)).toBeLessThan(holdingTorque(DEFAULT_CAR, 20, 0.75 * limit));
  });
});
