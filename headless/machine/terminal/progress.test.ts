import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { duration, Progress, progressText } from './progress.ts';

describe('progressText', () => {
  it('says the rate and the time left', () => {
    // 1200 in 3 s are 400 a second; the other 1800 take 4.5 s.
    expect(progressText(1200, 3000, 'frames', 3)).toBe('1200/3000 frames  400 frames/s  5 s left');
    expect(progressText(3000, 3000, 'frames', 7.5, 'loss 0.01')).toBe(
      '3000/3000 frames  400 frames/s  8 s in all  loss 0.01',
    );
    expect(progressText(0, 3000, 'frames', 2)).toBe('0/3000 frames');
  });
});

describe('duration', () => {
  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [59.5, '1 min 00 s'],
    [125, '2 min 05 s'],
    [4200, '1 h 10 min'],
  ])('%d s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('Progress without a terminal', () => {
  function start() {
    const stream = new PassThrough();
    const clock = { now: 0 };
    const progress = new Progress({ label: 'epoch 1', total: 10, unit: 'steps' }, stream, () => clock.now);
    const lines = () => ((stream.read() ?? '') as Buffer | string).toString().split('\n').filter(Boolean);
    return { progress, clock, lines };
  }

  it('writes a plain line at most every five seconds, and one at the end', () => {
    const { progress, clock, lines } = start();
    for (clock.now = 1000; clock.now <= 10_000; clock.now += 1000) progress.update(clock.now / 1000);
    progress.finish();
    expect(lines()).toEqual([
      'epoch 1  10 %  1/10 steps  1 steps/s  9 s left',
      'epoch 1  60 %  6/10 steps  1 steps/s  4 s left',
      'epoch 1  100 %  10/10 steps  0.909 steps/s  11 s in all',
    ]);
  });

  it('is silent after its end', () => {
    const { progress, lines } = start();
    progress.abandon();
    progress.update(3);
    progress.finish();
    expect(lines()).toEqual([]);
  });
});
