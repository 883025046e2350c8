import { describe, expect, it } from 'vitest';
import { createVehicleState } from '../../../sim/vehicle/state.ts';
import { DisplayedState, interpolateCars } from './displayed-state.ts';

const at = (x: number, yaw = 0) => ({ ...createVehicleState(), x, yaw });

describe('DisplayedState', () => {
  it('draws the car between two ticks', () => {
    const shown = new DisplayedState();
    shown.add(0, at(0));
    shown.add(0.05, at(1));
    expect(shown.at(0.0125).x).toBeCloseTo(0.25, 12);
    expect(shown.at(-1).x).toBe(0);
    expect(shown.at(9).x).toBe(1);
  });

  it('turns the short way across the seam', () => {
    const shown = new DisplayedState();
    shown.add(0, at(0, Math.PI - 0.1));
    shown.add(0.05, at(0, -Math.PI + 0.1));
    expect(Math.abs(shown.at(0.025).yaw)).toBeCloseTo(Math.PI, 12);
  });

  it('does not drag the car across the field when it is put back', () => {
    const shown = new DisplayedState();
    shown.add(0, at(0));
    shown.add(0.05, at(100), [], true);
    shown.add(0.1, at(101));
    expect(shown.at(0.04).x).toBe(0);
    expect(shown.at(0.05).x).toBe(100);
    expect(shown.at(0.075).x).toBeCloseTo(100.5, 12);
  });

  it('keeps its own copy of what it is given', () => {
    const shown = new DisplayedState();
    const state = at(3);
    shown.add(0, state);
    state.x = 9;
    expect(shown.at(0).x).toBe(3);
  });
});

describe('the other cars', () => {
  const car = (id: string, x: number, yaw = 0) =>
    ({ id, kind: 'leading', x, y: 0, z: 0, yaw, length: 4, width: 2, colourIndex: 0 }) as const;

  it('are drawn between two ticks, too', () => {
    const shown = new DisplayedState();
    shown.add(0, at(0), [car('a', 10)]);
    shown.add(0.05, at(1), [car('a', 11)]);
    expect(shown.othersAt(0.025)).toEqual([car('a', 10.5)]);
    expect(shown.othersAt(-1)).toEqual([car('a', 10)]);
    expect(shown.othersAt(9)).toEqual([car('a', 11)]);
  });

  it('come and go, and turn the short way', () => {
    expect(interpolateCars([car('a', 1), car('b', 5)], [car('b', 500), car('c', 2)], 0.5)).toEqual([
      car('a', 1),
      car('b', 5),
    ]);
    const [turned] = interpolateCars([car('a', 0, 3.1)], [car('a', 0, -3.1)], 0.5);
    expect(turned!.yaw).toBeCloseTo(Math.PI, 9);
  });
});
