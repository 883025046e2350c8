import { describe, expect, it } from 'vitest';
import { openTrack } from '../track/catalogue.ts';
import { driveAll, specWith } from './testing/drive.ts';
import { trafficBeside } from './traffic-beside.ts';

describe('the traffic of a drive that is over', () => {
  it.each(['millbrook', 'switchback'])('is where it was on %s', async (track) => {
    const spec = specWith({}, { track, route: 500, traffic: { leading: 2, oncoming: 6, parked: 8 } });
    const { ticks } = await driveAll(spec);
    expect(ticks.some(({ intervened }) => intervened)).toBe(false);
    const places = ticks.map(({ time, state: { x, y, speed } }) => ({ time, x, y, speed }));
    const others = trafficBeside(openTrack(track), spec, places);
    expect(others).toHaveLength(ticks.length);
    for (const [i, cars] of others.entries()) {
      for (const [k, car] of cars.entries()) {
        const then = ticks[i]!.others[k]!;
        expect(car.id).toBe(then.id);
        expect(Math.hypot(car.x - then.x, car.y - then.y)).toBeLessThan(1e-6);
      }
    }
    // They did move.
    const [first, last] = [others[0]!, others.at(-1)!].map((cars) => cars.find(({ kind }) => kind === 'leading')!);
    expect(Math.hypot(last!.x - first!.x, last!.y - first!.y)).toBeGreaterThan(50);
  });
});
