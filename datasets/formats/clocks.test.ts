import { describe, expect, it } from 'vitest';
import { clockRange, clocksApart } from './clocks.ts';

const SECOND = 1_000_000_000n;
const rangeFrom = (start: bigint) => clockRange([start, start + 40n * SECOND, start + 3n * SECOND])!;

describe('clocks of a log', () => {
  it('that overlap say nothing', () => {
    expect(clocksApart('steering', rangeFrom(20n * SECOND), rangeFrom(0n))).toBeUndefined();
    expect(clockRange([])).toBeUndefined();
  });

  it('of which one counts since a start are told with that cause', () => {
    const unix = rangeFrom(1_700_000_000n * SECOND);
    expect(clocksApart('steeringAngle of /steering', unix, rangeFrom(12n * SECOND))).toBe(
      'the pictures have times from 12.0 s to 52.0 s, and steeringAngle of /steering from 2023-11-14T22:13:20.000Z to ' +
        '2023-11-14T22:14:00.000Z: one clock counts from when its machine was started, the other is Unix time; ' +
        'stamp both by one clock',
    );
  });

  it('of the same kind that never meet are told, too', () => {
    expect(clocksApart('speed', rangeFrom(500n * SECOND), rangeFrom(0n))).toMatch(/different times, or one clock/);
  });
});
