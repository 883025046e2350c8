import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectRecording } from '../../../datasets/inspection/inspect.ts';
import type { Inspection } from '../../../datasets/inspection/inspection.ts';
import { type FrameLoader, type Recording, sliceRecording } from '../../../datasets/recording/recording.ts';
import { openRealDrive } from '../../../datasets/testing/real-drives/open.ts';
import { openRecordingFolder } from '../../machine/reading/open-recording.ts';

const DRIVE = 'udacity-lake-centre';
const PUBLISHED = resolve('../shared/data', DRIVE);
/** The drive as it is carried along, and 48 s of the lap as published where that is beside the project. */
const DRIVES = [
  { name: 'thinned', SAMPLES: 400, open: () => openRealDrive(DRIVE) },
  ...(existsSync(PUBLISHED) ? [{ name: 'whole', SAMPLES: 600, open: () => openRecordingFolder(PUBLISHED) }] : []),
];

/** A real recording with one thing made wrong on purpose, so that what inspection says can be held against the truth. */
describe.each(DRIVES)('inspection of a real recording ($name) made wrong', ({ SAMPLES, open }) => {
  let whole: Recording;
  let sound: Recording;
  let truth: Inspection;
  beforeAll(async () => {
    whole = await open();
    sound = sliceRecording(whole, 0, SAMPLES);
    truth = await inspectRecording(sound);
  });
  afterAll(() => whole.close());

  const withSteering = (change: (angle: Float64Array) => Float64Array): Recording => ({
    ...sound,
    columns: { ...sound.columns, steeringAngle: change(sound.columns.steeringAngle!) },
  });
  const withFrames = (change: (loader: FrameLoader) => FrameLoader): Recording => {
    const cameras = { centre: change(sound.cameras.centre!) };
    return { ...sound, cameras, frame: async (index) => cameras.centre.load(index) };
  };
  /** The labels come so many samples late. */
  const late = (samples: number) =>
    withSteering((angle) => angle.map((_, i) => angle[Math.min(SAMPLES - 1, Math.max(0, i - samples))]!));
  const found = ({ findings }: Inspection, code: string) => findings.find((finding) => finding.code === code);

  it('finds no fault with the sign and the times as they are', () => {
    expect(truth.agreement).toMatchObject({ verdict: 'agrees' });
    for (const code of ['sign', 'late-labels', 'late-images', 'frozen', 'black-frames', 'duplicates']) {
      expect(found(truth, code)).toBeUndefined();
    }
  });

  it('notices a mirrored sign, as sure as it was of the right one', async () => {
    const mirrored = await inspectRecording(withSteering((angle) => angle.map((value) => -value)));
    expect(mirrored.agreement!.correlation).toBeCloseTo(-truth.agreement!.correlation, 9);
    expect(found(mirrored, 'sign')).toMatchObject({
      severity: 'error',
      advice: expect.stringMatching(/--flip-steering/),
    });
  });

  it.each([5, 9])('measures how late labels are, to a sample: %d samples', async (samples) => {
    const { agreement, findings, timing } = await inspectRecording(late(samples));
    const delay = samples / timing.rate;
    expect(Math.abs(truth.agreement!.lag - agreement!.lag - delay)).toBeLessThan(1 / timing.rate);
    const finding = findings.find(({ code }) => code === 'late-labels')!;
    // What is advised undoes the delay, but for the time that the car itself takes to answer.
    const shift = Number(/--label-shift ([\d.]+\d)/.exec(finding.advice)![1]);
    expect(Math.abs(shift - (delay - truth.agreement!.lag))).toBeLessThan(1 / timing.rate);
  });

  it('notices images that are late', async () => {
    const { agreement, timing, findings } = await inspectRecording(late(-8));
    expect(agreement!.lag).toBeGreaterThan(truth.agreement!.lag);
    expect(Math.abs(agreement!.lag - truth.agreement!.lag - 8 / timing.rate)).toBeLessThan(1 / timing.rate);
    expect(findings.map(({ code }) => code)).toContain('late-images');
  });

  it('finds frozen, black and doubled frames where they are', async () => {
    const frozen = await inspectRecording(
      withFrames((loader) => ({ ...loader, load: (i) => loader.load(i >= 200 && i < 230 ? 200 : i) })),
    );
    expect(frozen.pictures[0]!.longestFrozen).toEqual({ start: 200, length: 30 });
    expect(found(frozen, 'frozen')!.message).toMatch(/30 frames from sample 200/);

    const black = await inspectRecording(
      withFrames((loader) => ({
        ...loader,
        async load(i) {
          const frame = await loader.load(i);
          return i % 100 === 7 ? { ...frame, pixels: frame.pixels.fill(0) } : frame;
        },
      })),
    );
    const darkened = Array.from({ length: SAMPLES / 100 }, (_, k) => 100 * k + 7);
    expect(black.pictures[0]!.black).toEqual(darkened);
    const said = new RegExp(`${darkened.length} of ${SAMPLES} frames .* first at sample 7`);
    expect(found(black, 'black-frames')!.message).toMatch(said);

    const doubled = await inspectRecording(
      withFrames((loader) => ({ ...loader, load: (i) => loader.load(i - (i % 2)) })),
    );
    expect(doubled.pictures[0]!.same).toBe(SAMPLES / 2);
    expect(found(doubled, 'duplicates')!.advice).toMatch(/train at the rate of the camera/);
  });

  it('tells keys from a wheel', async () => {
    const smooth = await inspectRecording(withSteering((angle) => angle.map((_, i) => Math.sin(i / 25))));
    expect(found(smooth, 'pulses')).toBeUndefined();
    const keys = withSteering((angle) => angle.map((_, i) => (i % 25 < 6 ? (i % 50 < 25 ? 2 : -2) : 0)));
    expect(found(await inspectRecording(keys), 'pulses')!.message).toMatch(/0\.4\d s: a keyboard\.$/);
  });
});
