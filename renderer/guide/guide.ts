import type { Signal } from '@preact/signals';
import { z } from 'zod';
import { preference } from '../shell/preferences.ts';

/** The steps from nothing to a car that drives by itself, in order. */
export const STEPS = ['record', 'train', 'watch', 'takeover', 'retrain'] as const;
export type GuideStep = (typeof STEPS)[number];

const schema = z.strictObject({
  /** Null when nobody is being guided. */
  step: z.enum(STEPS).nullable(),
  /** What was made on the way; ids in the library. */
  recordings: z.array(z.string()),
  model: z.string().nullable(),
});
export type GuideState = z.infer<typeof schema>;

export const NOT_GUIDED: GuideState = { step: null, recordings: [], model: null };

/** What has happened, as the guide needs to know it. */
export type GuideEvent =
  | { readonly type: 'begin' }
  | { readonly type: 'leave' }
  | { readonly type: 'recorded'; readonly recording: string }
  | { readonly type: 'trained'; readonly model: string }
  | { readonly type: 'watched' }
  | { readonly type: 'tookOver' };

/** Where the guide stands after an event. What was done out of turn is remembered, but does not lead anywhere. */
export function advance(state: GuideState, event: GuideEvent): GuideState {
  if (event.type === 'begin') return { step: 'record', recordings: [], model: null };
  if (event.type === 'leave') return NOT_GUIDED;
  if (state.step === null) return state;
  switch (event.type) {
    case 'recorded': {
      const recordings = [...state.recordings, event.recording];
      const step = { record: 'train', takeover: 'retrain' }[state.step as string] as GuideStep | undefined;
      return { ...state, recordings, step: step ?? state.step };
    }
    case 'trained':
      if (state.step === 'retrain') return NOT_GUIDED;
      return { ...state, model: event.model, step: state.step === 'train' ? 'watch' : state.step };
    case 'watched':
      return state.step === 'watch' ? { ...state, step: 'takeover' } : state;
    case 'tookOver':
      return state.step === 'watch' ? { ...state, step: 'takeover' } : state;
  }
}

/** The guide survives a reload. */
export const guide: Signal<GuideState> = preference('guide', schema, NOT_GUIDED);

export function tellGuide(event: GuideEvent): void {
  guide.value = advance(guide.value, event);
}
