/** Moments from the first to the last [ns]. */
export interface ClockRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Moments before the year 2000 are no dates but times since some machine was started [ns]. */
const FIRST_DATE = 946_684_800_000_000_000n;

/** The range of some moments; undefined where there is none. */
export function clockRange(stamps: Iterable<bigint>): ClockRange | undefined {
  let range: { from: bigint; to: bigint } | undefined;
  for (const stamp of stamps) {
    if (range === undefined) range = { from: stamp, to: stamp };
    else if (stamp < range.from) range.from = stamp;
    else if (stamp > range.to) range.to = stamp;
  }
  return range;
}

/**
 * That two things of a log were stamped by clocks that have no moment in common, with the likely cause.
 * @param what what was told by the other clock, e.g. `steeringAngle of /steering`
 * @returns a note; undefined where they overlap
 */
export function clocksApart(what: string, told: ClockRange, pictures: ClockRange): string | undefined {
  if (told.from <= pictures.to && pictures.from <= told.to) return undefined;
  const [ours, theirs] = [pictures, told].map(({ from }) => from >= FIRST_DATE);
  const cause =
    ours === theirs
      ? 'they were recorded at different times, or one clock is wrong'
      : 'one clock counts from when its machine was started, the other is Unix time';
  return `the pictures have times ${inWords(pictures)}, and ${what} ${inWords(told)}: ${cause}; stamp both by one clock`;
}

function inWords({ from, to }: ClockRange): string {
  const one = (stamp: bigint) =>
    stamp >= FIRST_DATE ? new Date(Number(stamp / 1_000_000n)).toISOString() : `${(Number(stamp) / 1e9).toFixed(1)} s`;
  return `from ${one(from)} to ${one(to)}`;
}
