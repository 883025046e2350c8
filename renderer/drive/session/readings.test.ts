import { expect, it } from 'vitest';
import { Readings } from './readings.ts';

it('shows the newest values, and no more often than it may', () => {
  const readings = new Readings();
  readings.period = 100;
  const shown: number[] = [];
  readings.time.subscribe((time) => shown.push(time));
  for (let i = 1; i <= 10; i++) {
    readings.put({ time: i / 100, progress: i });
    readings.show(1000 + 20 * i);
  }
  expect(shown).toEqual([0, 0.01, 0.06]);
  expect(readings.progress.value).toBe(6);
  readings.show(1500);
  expect(readings.progress.value).toBe(10);
});

it('begins anew at once, and forgets what waited', () => {
  const readings = new Readings();
  readings.period = 100;
  readings.put({ progress: 5 });
  readings.show(1000);
  readings.put({ progress: 7 });
  readings.clear();
  expect(readings.progress.value).toBe(0);
  readings.show(2000);
  expect(readings.progress.value).toBe(0);
});
