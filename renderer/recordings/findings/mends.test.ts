import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../datasets/inspection/inspection.ts';
import { createRecording } from '../../../datasets/recording/recording.ts';
import { offeredMends, withMend } from './mends.ts';

const LOST = 50;
/** A wheel that swings, whose value is lost once. */
const whole = createRecording({
  metadata: {
    format: 'wheelhouse',
    name: 'Lost once',
    rate: 20,
    timeSource: 'recorded',
    cameras: {},
    conversions: [],
  },
  columns: {
    time: Float64Array.from({ length: 200 }, (_, i) => i / 20),
    steeringAngle: Float64Array.from({ length: 200 }, (_, i) => (i === LOST ? 0 : 3 + Math.sin(i / 9))),
  },
  cameras: {},
});

const finding = (code: string): Finding => ({ code, severity: 'warning', message: code, advice: '' });

describe('mends that are offered beside findings', () => {
  it('stand beside the first finding that they help with', () => {
    const findings = [finding('dropouts-speed'), finding('dropouts-torque'), finding('short'), finding('sign')];
    const labels = [...offeredMends(findings).values()].map((offers) => offers.map(({ label }) => label));
    expect(labels).toEqual([['Bridge the dropouts', 'Cut the dropouts out'], [], [], ['Turn the sign round']]);
  });

  it('bridge dropouts or cut them out, beside what is edited already', () => {
    const edits = { name: 'Rain', cuts: [{ start: 0, end: 5 }] };
    const stretch = { start: LOST, end: LOST + 1 };
    expect(withMend(edits, { kind: 'dropouts', how: 'interpolate' }, whole)).toEqual({
      ...edits,
      interpolated: [{ column: 'steeringAngle', ...stretch }],
    });
    expect(withMend(edits, { kind: 'dropouts', how: 'cut' }, whole).cuts).toEqual([{ start: 0, end: 5 }, stretch]);
  });

  it('turn the sign of the steering round, and back again', () => {
    const once = withMend({ cuts: [] }, { kind: 'flip-steering' }, whole);
    expect(once.columns).toEqual({ steering: { flip: true } });
    expect(withMend(once, { kind: 'flip-steering' }, whole).columns).toEqual({});
  });
});
