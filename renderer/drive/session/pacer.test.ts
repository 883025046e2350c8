import { describe, expect, it } from 'vitest';
import { Pacer } from './pacer.ts';

const PERIOD = 0.05;

/** Draws `pictures` at 60 Hz; a step asked for is ready `delay` pictures later. */
function run(pacer: Pacer, pictures: number, delay: number): { steps: number; times: number[] } {
  let steps = 0;
  let ready = -1;
  const times: number[] = [];
  pacer.begin(0);
  for (let i = 0; i < pictures; i++) {
    if (ready === i) {
      steps++;
      pacer.stepped(steps * PERIOD);
      ready = -1;
    }
    const due = pacer.advance(1 / 60, PERIOD);
    if (due && ready < 0) ready = i + delay;
    times.push(pacer.shown);
  }
  return { steps, times };
}

describe('Pacer', () => {
  it('steps twenty times a second in real time, whatever the display does', () => {
    const { steps, times } = run(new Pacer(), 600, 1);
    expect(Math.abs(steps - 200)).toBeLessThanOrEqual(3);
    // After the first step is there, every picture moves the world by a sixtieth of a second.
    for (let i = 10; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeCloseTo(1 / 60, 9);
  });

  it('goes a quarter as fast in slow motion', () => {
    const pacer = new Pacer();
    pacer.rate = 0.25;
    const { times } = run(pacer, 600, 1);
    expect(times.at(-1)!).toBeGreaterThan(2.4);
    expect(times.at(-1)!).toBeLessThanOrEqual(2.5);
    expect(pacer.pace).toBeCloseTo(0.25, 2);
  });

  it('slows the world down when steps take too long, and says so', () => {
    const pacer = new Pacer();
    // A step of 50 ms that takes six pictures, 100 ms.
    const { times } = run(pacer, 600, 6);
    expect(times.at(-1)!).toBeGreaterThan(3);
    expect(times.at(-1)!).toBeLessThan(6);
    expect(pacer.pace).toBeLessThan(0.7);
  });

  it('does not jump after the page was asleep', () => {
    const pacer = new Pacer();
    pacer.begin(0);
    pacer.stepped(60);
    pacer.advance(30, PERIOD);
    expect(pacer.shown).toBeCloseTo(0.1, 12);
  });
});
