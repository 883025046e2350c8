/**
 * The most turned window of each of `count` equal stretches: a straight wheel shows nothing of a mirror.
 * @param steering angle of each window [rad]; NaN without label
 */
export function mostTurned(steering: Float32Array, count: number): number[] {
  const stretches = Math.min(count, steering.length);
  return Array.from({ length: stretches }, (_, k) => {
    const from = Math.floor((k * steering.length) / stretches);
    const to = Math.floor(((k + 1) * steering.length) / stretches);
    let best = from;
    for (let i = from; i < to; i++) {
      if (!(Math.abs(steering[i]!) <= Math.abs(steering[best]!)) && !Number.isNaN(steering[i]!)) best = i;
    }
    return best;
  });
}
