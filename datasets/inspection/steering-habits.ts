/** A wheel within this of straight counts as straight [rad at the steering wheel]; about 3 degrees. */
export const STRAIGHT = 0.05;

/** How somebody steered. */
export interface SteeringHabits {
  /** Share of samples within `STRAIGHT` of zero. */
  readonly straightShare: number;
  /** Share of samples at exactly one angle, the most frequent one. */
  readonly restShare: number;
  /** That angle [rad]. */
  readonly restAngle: number;
  /** Pulses: runs away from the rest angle that begin and end there. */
  readonly pulses: number;
  /** Median length of a pulse [s]; NaN without pulses. */
  readonly pulseSeconds: number;
  /** Different angles among the samples that are not at rest. */
  readonly levels: number;
  /** Samples that are not at rest. */
  readonly moved: number;
  /** Share of left turns among the samples that are not straight; NaN when all are straight. */
  readonly leftShare: number;
}

/** @param steering steering-wheel angle, left positive [rad]; NaN where missing. @param rate [Hz] */
export function steeringHabits(steering: Float64Array, rate: number): SteeringHabits {
  const times = new Map<number, number>();
  let count = 0;
  let straight = 0;
  let left = 0;
  for (const angle of steering) {
    if (Number.isNaN(angle)) continue;
    count++;
    if (Math.abs(angle) <= STRAIGHT) straight++;
    else if (angle > 0) left++;
    // Rounded so that one key level stays one level after a change of unit.
    const level = Math.round(angle * 1e6);
    times.set(level, (times.get(level) ?? 0) + 1);
  }
  let restLevel = 0;
  let rest = 0;
  for (const [level, number] of times) if (number > rest) [restLevel, rest] = [level, number];
  const pulses: number[] = [];
  let run = -1;
  for (const angle of steering) {
    if (Math.round(angle * 1e6) === restLevel) {
      if (run > 0) pulses.push(run);
      run = 0;
    } else if (run >= 0) run++;
  }
  pulses.sort((a, b) => a - b);
  return {
    straightShare: straight / count,
    restShare: rest / count,
    restAngle: restLevel / 1e6,
    pulses: pulses.length,
    pulseSeconds: pulses.length === 0 ? Number.NaN : pulses[Math.floor(pulses.length / 2)]! / rate,
    levels: times.size - 1,
    moved: count - rest,
    leftShare: count === straight ? Number.NaN : left / (count - straight),
  };
}

/** Whether somebody steered in pulses, as with a keyboard: the wheel rests at one angle and leaves it for moments only. */
export function steersInPulses({ restShare, pulses, pulseSeconds }: SteeringHabits): boolean {
  return restShare > 0.25 && pulses >= 10 && pulseSeconds < 1;
}
