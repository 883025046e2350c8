import { describe, expect, it } from 'vitest';
import { advance, type GuideEvent, type GuideState, NOT_GUIDED } from './guide.ts';

const stateAfter = (...events: GuideEvent[]): GuideState => events.reduce(advance, NOT_GUIDED);
const begin = { type: 'begin' } as const;
const recorded = (recording: string) => ({ type: 'recorded', recording }) as const;
const trained = (model: string) => ({ type: 'trained', model }) as const;

describe('the guide', () => {
  it('leads from a recording to a model that was corrected', () => {
    expect(stateAfter(begin).step).toBe('record');
    expect(stateAfter(begin, recorded('a')).step).toBe('train');
    expect(stateAfter(begin, recorded('a'), trained('m'))).toEqual({ step: 'watch', recordings: ['a'], model: 'm' });
    const watched = [begin, recorded('a'), trained('m'), { type: 'watched' }] as const;
    expect(stateAfter(...watched).step).toBe('takeover');
    expect(stateAfter(...watched, recorded('b'))).toMatchObject({ step: 'retrain', recordings: ['a', 'b'] });
    expect(stateAfter(...watched, recorded('b'), trained('m2'))).toEqual(NOT_GUIDED);
  });

  it('keeps what was recorded out of turn without leaving the step', () => {
    expect(stateAfter(begin, recorded('a'), recorded('b'))).toMatchObject({ step: 'train', recordings: ['a', 'b'] });
  });

  it('does nothing for those who are not guided', () => {
    expect(stateAfter(recorded('a'), trained('m'), { type: 'watched' })).toEqual(NOT_GUIDED);
  });
});
