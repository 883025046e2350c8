import { expect, it } from 'vitest';
import { returnCorrection } from '../../datasets/windows/steering-correction.ts';
import { Refusal } from '../../sim/refusal.ts';
import { trainingOptions } from './options.ts';
import { previewSamples } from './preview.ts';

const size = { width: 8, height: 4 };
const level = { horizon: 0.5, cameraHeight: 1.2, pixelAspect: 1 };
const nothing = trainingOptions({ seed: 1, mirror: 0, jitter: 0 });
const LENGTH = 8 * 4 * 3;
/** A window's frame is brighter to the right and from window to window. */
const frameOf = (window: number) =>
  Uint8Array.from({ length: LENGTH }, (_, i) => window + 10 * (Math.floor(i / 3) % 8));

/** Forty windows at 10 m/s whose wheel is turned most at each tenth. */
const source = {
  steering: Float32Array.from({ length: 40 }, (_, i) => (i % 10) / 10),
  async load(windows: readonly number[]) {
    return {
      frames: Uint8Array.from(windows.flatMap((window) => [...frameOf(window)])),
      targets: Float32Array.from(windows.flatMap((window) => [this.steering[window]!, 10, 0])),
      mask: new Float32Array(windows.length * 3).fill(1),
      speed: new Float32Array(windows.length).fill(10),
      batch: windows.length,
      time: 1,
    };
  },
};

it('shows the most turned frames of equal stretches as they are when nothing is switched on', async () => {
  const samples = await previewSamples(source, size, level, nothing, 4);
  expect(samples.map(({ pixels }) => pixels)).toEqual([9, 19, 29, 39].map(frameOf));
  for (const { angle, recorded } of samples) expect([angle, recorded]).toEqual([Math.fround(0.9), Math.fround(0.9)]);
});

it('mirrors picture and angle, and the side that it was shifted to', async () => {
  const options = { ...nothing, lateralShift: 0.6 };
  const plain = await previewSamples(source, size, level, options, 4);
  const mirrored = await previewSamples(source, size, level, { ...options, mirror: 1 }, 4);
  for (const [i, { angle, lateralShift, recorded, pixels }] of plain.entries()) {
    expect(angle).toBeCloseTo(recorded + returnCorrection(lateralShift, 10), 6);
    expect(mirrored[i]).toMatchObject({ angle: -angle, recorded, lateralShift: -lateralShift, mirrored: true });
    expect([...mirrored[i]!.pixels.subarray(0, 3)]).toEqual([...pixels.subarray(21, 24)]);
  }
});

it('shows the same for the same options, and other things for another seed', async () => {
  const options = trainingOptions({ seed: 1, mirror: 0.5, jitter: 0.5, lateralShift: 0.5 });
  const once = await previewSamples(source, size, level, options, 12);
  expect(once).toHaveLength(12);
  expect(await previewSamples(source, size, level, options, 12)).toEqual(once);
  expect(await previewSamples(source, size, level, { ...options, seed: 2 }, 12)).not.toEqual(once);
});

it.each([
  ['rotation', 0.3],
  ['gamma', 1],
  ['shadow', 1],
  ['noise', 40],
  ['blur', 1],
  ['erase', 1],
] as const)('changes pictures by %s, and leaves their angles', async (change, amount) => {
  const plain = await previewSamples(source, size, level, nothing, 20);
  const samples = await previewSamples(source, size, level, { ...nothing, [change]: amount }, 20);
  expect(samples.map(({ pixels }) => pixels)).not.toEqual(plain.map(({ pixels }) => pixels));
  for (const { angle, recorded } of samples) expect(angle).toBe(recorded);
});

it('leaves out what cannot be read, and shows the others as it would anyway', async () => {
  const options = trainingOptions({ seed: 1, mirror: 0.5, jitter: 0.5, noise: 20 });
  const all = await previewSamples(source, size, level, options, 4);
  const broken = {
    ...source,
    async load(windows: readonly number[]) {
      if (windows.includes(19)) throw new Refusal('bad-image', 'sample 19', 'it is broken', 'replace it');
      return source.load(windows);
    },
  };
  expect(await previewSamples(broken, size, level, options, 4)).toEqual(all.toSpliced(1, 1));
});
