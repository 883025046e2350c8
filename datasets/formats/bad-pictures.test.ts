import { describe, expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { allFiles } from '../storage/all-files.ts';
import { openAnyRecording } from './open.ts';
import { copyOf, type SampleRecording, sampleRecordings } from './testing/sample-recordings.ts';

const PICTURE = /\.(jpe?g|png)$/i;

describe('pictures that cannot be decoded', async () => {
  const samples: { name: string; pictures: string[]; sample: SampleRecording }[] = [];
  for (const sample of await sampleRecordings()) {
    const pictures = (await allFiles(sample.storage)).filter((path) => PICTURE.test(path)).sort();
    if (pictures.length > 2) samples.push({ name: sample.name, pictures, sample });
  }

  it.each(samples)(
    '$name: their samples are left out with the bad ones, also the first',
    async ({ sample, pictures }) => {
      const whole = await openAnyRecording(await copyOf(sample), codec);
      const storage = await copyOf(sample);
      await storage.write(pictures[0]!, new Uint8Array());
      await storage.write(pictures[1]!, 'no picture');
      const kept = await openAnyRecording(storage, codec, { skipBad: true });
      // Pictures of two cameras may be of one sample.
      expect(kept.skipped.length).toBeGreaterThan(0);
      expect(kept.length).toBe(whole.length - kept.skipped.length);
      expect(kept.badPictures.length).toBe(kept.skipped.length);
      for (let index = 0; index < kept.length; index++) {
        for (const camera of Object.values(kept.cameras)) if (camera.has(index)) await camera.load(index);
      }
      // Whoever knows them opens the same again without a look at the pictures.
      const known = await openAnyRecording(storage, codec, { skipBad: true, badPictures: kept.badPictures });
      expect([known.columns, known.segments]).toEqual([kept.columns, kept.segments]);
    },
  );

  it('leave nothing where all are bad, which is refused', async () => {
    const { sample, pictures } = samples.find(({ name }) => name.startsWith('donkeycar-tub/'))!;
    const storage = await copyOf(sample);
    for (const picture of pictures) await storage.write(picture, new Uint8Array());
    await expect(openAnyRecording(storage, codec, { skipBad: true })).rejects.toThrow(/the picture cannot be decoded/);
  });
});
