const NANOSECONDS = 1_000_000_000n;

/** Time of a message as it says itself [ns]: `header.stamp` of ROS, `timestamp` of Foxglove; undefined without one. */
export function stampOf(content: Readonly<Record<string, unknown>>): bigint | undefined {
  const header = content.header as Readonly<Record<string, unknown>> | undefined;
  const stamp = header?.stamp ?? content.timestamp ?? content.stamp;
  if (typeof stamp === 'string') {
    const milliseconds = Date.parse(stamp);
    return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n;
  }
  if (typeof stamp !== 'object' || stamp === null) return undefined;
  const { sec, seconds, nsec, nanosec, nanos } = stamp as Record<string, unknown>;
  const whole = integer(sec ?? seconds);
  const rest = integer(nsec ?? nanosec ?? nanos) ?? 0n;
  // Drivers that know no time leave zeros.
  if (whole === undefined || rest < 0n || rest >= NANOSECONDS || (whole === 0n && rest === 0n)) return undefined;
  return whole * NANOSECONDS + rest;
}

function integer(value: unknown): bigint | undefined {
  // Protocol buffers give 64-bit integers as objects or texts.
  const number = Number(value ?? Number.NaN);
  return Number.isSafeInteger(number) ? BigInt(number) : undefined;
}
