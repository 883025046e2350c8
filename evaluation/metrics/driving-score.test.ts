import { expect, it } from 'vitest';
import { drivingScore, drivingScoreOf } from './driving-score.ts';

const drive = (completed: number, interventions = 0, collisions = 0, weight?: number) => ({
  simulatedSeconds: 60,
  completed,
  interventions,
  collisions,
  ...(weight !== undefined && { spec: { weight } }),
});

it('is the share of the route over one plus what was hit', () => {
  expect(drivingScoreOf(drive(1))).toBe(100);
  expect(drivingScoreOf(drive(0.5))).toBe(50);
  // 80 / (1 + 0.7 + 2 · 0.6)
  expect(drivingScoreOf(drive(0.8, 3, 1))).toBeCloseTo(80 / 2.9, 12);
});

it('weighs the episodes of a suite', () => {
  const drives = [drive(1, 0, 0, 3), drive(0), drive(1, 1)];
  // (3 · 100 + 1 · 0 + 1 · 62.5) / 5
  expect(drivingScore.total.of([], drives)).toBeCloseTo(72.5, 12);
  expect(drivingScore.arithmetic!(72.5, drives)).toBe('3 episodes of weight 5.0 together: 362.5 / 5.0 = 72.5');
  expect(drivingScore.total.of([], [])).toBeNull();
});
