import { describe, expect, it } from 'vitest';
import { SpeedDemand } from './speed-demand.ts';

describe('SpeedDemand', () => {
  it('asks for 3 m/s more after a second of full throttle', () => {
    const demand = new SpeedDemand();
    demand.begin(10);
    let speed = 10;
    for (let i = 0; i < 20; i++) speed = demand.step(1, 0, speed, 0.05);
    expect(speed).toBeCloseTo(13, 9);
  });

  it('stops at standing still: the brake is no reverse gear', () => {
    const demand = new SpeedDemand();
    demand.begin(1);
    for (let i = 0; i < 40; i++) demand.step(0, 1, 0.5, 0.05);
    expect(demand.step(0, 1, 0, 0.05)).toBe(0);
  });

  it('does not run away from a car that cannot follow', () => {
    const demand = new SpeedDemand();
    demand.begin(0);
    for (let i = 0; i < 100; i++) expect(demand.step(1, 0, 0, 0.05)).toBeLessThanOrEqual(1.5);
  });

  it('lets the brake win over the accelerator', () => {
    const demand = new SpeedDemand();
    demand.begin(10);
    expect(demand.step(1, 1, 10, 0.05)).toBeCloseTo(9.7, 12);
  });
});
