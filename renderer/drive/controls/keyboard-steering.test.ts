import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyboardSteering } from './keyboard-steering.ts';

const PERIOD = 0.05;

function hold(steering: KeyboardSteering, direction: -1 | 0 | 1, speed: number, seconds: number): number[] {
  return Array.from({ length: Math.round(seconds / PERIOD) }, () => steering.step(direction, speed, PERIOD));
}

describe('KeyboardSteering', () => {
  it('turns left for the left key, and straight again when it is let go', () => {
    const steering = new KeyboardSteering();
    const turned = hold(steering, 1, 10, 0.5).at(-1)!;
    expect(turned).toBeGreaterThan(0.2);
    expect(hold(steering, 0, 10, 2).at(-1)).toBe(0);
  });

  it('makes a tap a small correction', () => {
    const tap = new KeyboardSteering().step(1, 15, PERIOD);
    const held = hold(new KeyboardSteering(), 1, 15, 0.5).at(-1)!;
    expect(tap).toBeGreaterThan(0);
    expect(tap).toBeLessThan(held / 10);
  });

  it('turns less the faster the car is', () => {
    const slow = hold(new KeyboardSteering(), 1, 2, 3).at(-1)!;
    const fast = hold(new KeyboardSteering(), 1, 30, 3).at(-1)!;
    expect(fast).toBeLessThan(slow / 3);
  });

  it('goes on from the angle it takes over', () => {
    const steering = new KeyboardSteering();
    steering.begin(1.2);
    expect(Math.abs(steering.step(1, 20, PERIOD) - 1.2)).toBeLessThan(0.2);
  });

  it('never jumps, whatever keys are pressed at whatever speed', () => {
    const presses = fc.array(
      fc.tuple(fc.constantFrom<-1 | 0 | 1>(-1, 0, 1), fc.double({ min: 0, max: 40, noNaN: true })),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(presses, (steps) => {
        const steering = new KeyboardSteering();
        let before = 0;
        for (const [direction, speed] of steps) {
          const angle = steering.step(direction, speed, PERIOD);
          // 4.5 rad/s at rest, times 1.5 on the way back.
          expect(Math.abs(angle - before)).toBeLessThanOrEqual(4.5 * 1.5 * PERIOD + 1e-12);
          before = angle;
        }
      }),
    );
  });
});
