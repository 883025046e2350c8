import type { AmountField } from './amount.ts';

/** Moments that round to the same tick are the same [s]. */
const TINY = 1e-9;

const place = { unit: 'm', min: 0, max: 1e6, description: 'where it begins, along the route from its start' } as const;

/** The amounts that say when disturbances act, by how that is told. */
export const SPAN_AMOUNTS = {
  time: {
    time: { unit: 's', min: 0, max: 1e5, description: 'when it begins, in world time', optional: true },
    place: { ...place, optional: true },
    duration: { unit: 's', min: 0.05, max: 1e5, description: 'how long it acts; rounded up to whole control ticks' },
  },
  stretch: {
    place,
    length: { unit: 'm', min: 0.1, max: 1e6, description: 'how far it reaches along the route' },
  },
  own: {},
} as const satisfies Record<string, Readonly<Record<string, AmountField>>>;

/** How it is told when a disturbance acts. */
export type Span = keyof typeof SPAN_AMOUNTS;

/** Where the car is in its episode. */
export interface Progress {
  /** World time [s]. */
  readonly time: number;
  /** Distance covered along the road [m]. */
  readonly progress: number;
}

/** Says at each tick, in order, whether a disturbance acts. */
export type SpanWatch = (now: Progress) => boolean;

/** @param amounts as they were drawn */
export function watchSpan(span: Exclude<Span, 'own'>, amounts: Readonly<Record<string, number>>): SpanWatch {
  return span === 'stretch' ? stretch(amounts.place!, amounts.length!) : once(amounts);
}

function stretch(from: number, length: number): SpanWatch {
  return ({ progress }) => progress >= from && progress < from + length;
}

function once({ time: start, place, duration }: Readonly<Record<string, number>>): SpanWatch {
  let begun: number | null = null;
  return ({ time, progress }) => {
    const reached = place === undefined ? time >= start! - TINY : progress >= place;
    if (begun === null && reached) begun = time;
    return begun !== null && time < begun + duration! - TINY;
  };
}
