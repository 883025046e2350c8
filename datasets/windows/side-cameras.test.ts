import { describe, expect, it } from 'vitest';
import { createRecording } from '../recording/recording.ts';
import { returnCorrection } from './steering-correction.ts';
import { createWindowSource } from './window-source.ts';

const SIZE = { width: 4, height: 2 };
const FRAME = SIZE.width * SIZE.height * 3;
const BASE: Readonly<Record<string, number>> = { left: 50, centre: 100, right: 150 };

const recording = createRecording({
  metadata: {
    format: 'test',
    name: 'three',
    rate: 20,
    timeSource: 'recorded',
    cameras: { left: SIZE, centre: SIZE, right: SIZE },
    conversions: [],
  },
  columns: {
    time: Float64Array.of(0, 0.05, 0.1),
    steeringAngle: Float64Array.of(0.1, 0.2, Number.NaN),
    speed: Float64Array.of(5, 20, 20),
    torque: Float64Array.of(1, 2, 3),
  },
  cameras: Object.fromEntries(
    Object.entries(BASE).map(([camera, base]) => [
      camera,
      {
        has: () => true,
        load: async (index: number) => ({ ...SIZE, time: 0, pixels: new Uint8Array(FRAME).fill(base + index) }),
      },
    ]),
  ),
});

describe('windows of side cameras', () => {
  it('come with the steering that leads back, less at speed, and without torque', async () => {
    const source = createWindowSource([recording], { time: 1, inputSize: SIZE, sideCameras: 0.8 });
    const { frames, targets, mask } = await source.load([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const shown = Array.from({ length: 9 }, (_, i) => frames[i * FRAME]);
    expect(shown).toEqual([100, 101, 102, 50, 51, 52, 150, 151, 152]);
    const angles = Array.from({ length: 9 }, (_, i) => targets[3 * i]!);
    // From the left the way back is to the right.
    const expected = [0.1, 0.2, 0, 0.1 + returnCorrection(0.8, 5), 0.2 + returnCorrection(0.8, 20), 0];
    expected.push(0.1 + returnCorrection(-0.8, 5), 0.2 + returnCorrection(-0.8, 20), 0);
    expected.forEach((angle, i) => {
      expect(angles[i]).toBeCloseTo(angle, 6);
    });
    expect(angles[3]!).toBeLessThan(0.1);
    expect(0.1 - angles[3]!).toBeGreaterThan(0.2 - angles[4]!);
    expect(Array.from({ length: 9 }, (_, i) => [mask[3 * i], mask[3 * i + 2]])).toEqual([
      ...[1, 1, 0].map((angle) => [angle, 1]),
      ...[1, 1, 0, 1, 1, 0].map((angle) => [angle, 0]),
    ]);
  });

  it('are left out unless asked for, and where there are none', async () => {
    expect(createWindowSource([recording], { time: 1, inputSize: SIZE }).length).toBe(3);
    const { centre } = recording.cameras;
    const front = { ...recording, cameras: { centre: centre! } };
    expect(createWindowSource([front], { time: 1, inputSize: SIZE, sideCameras: 0.8 }).length).toBe(3);
  });
});
