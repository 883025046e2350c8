import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnyRecording } from '../../../datasets/formats/open.ts';
import { MemoryStorage } from '../../../datasets/storage/memory.ts';
import { DEFAULT_FRONT_CAMERA as MOUNT } from '../../../sim/camera/mount.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { Cameras } from '../../machine/cameras/cameras.ts';
import { openTestGpu } from '../../machine/gpu/testing/open-test-gpu.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { recordEpisode } from './record-episode.ts';
import { truthFile } from './truth-writer.ts';

const { gpu, reason } = await openTestGpu();

describe.skipIf(!gpu)(`a recording with the truth of each pixel${reason}`, () => {
  afterAll(() => gpu!.close());

  it('holds lane and depth of every frame', async () => {
    const storage = new MemoryStorage();
    const track = openTrack('plainview');
    const codec = createSharpCodec();
    const { samples } = await recordEpisode({
      track,
      spec: { track: track.id, seed: 1, conditions: CLEAR_DAY, route: 3, actuation: 'angle' },
      driver: createExpert(),
      cameras: await Cameras.open(gpu!),
      storage,
      codec,
      name: 'short',
      truth: true,
    });
    expect(samples).toBeGreaterThan(1);
    const { width, height } = MOUNT;
    for (const sample of [0, samples - 1]) {
      const lane = await sharp(await storage.read(truthFile('centre', sample, 'lane')))
        .toColourspace('b-w')
        .raw()
        .toBuffer();
      const depthFile = sharp(await storage.read(truthFile('centre', sample, 'depth')));
      expect(await depthFile.metadata()).toMatchObject({ width, height, depth: 'ushort', format: 'png' });
      const bytes = await depthFile.toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
      const depth = new Uint16Array(bytes.buffer, bytes.byteOffset, width * height);
      expect(lane).toHaveLength(width * height);
      // Straight ahead and down there is our lane, as far away as the ray through the pixel's middle meets level ground.
      const row = height - 4;
      const focal = width / 2 / Math.tan(MOUNT.hfov / 2);
      const down = (row + 0.5 - height / 2) / focal;
      const metres = MOUNT.z / (Math.sin(-MOUNT.pitch) + down * Math.cos(MOUNT.pitch));
      const at = row * width + width / 2;
      expect(lane[at]).toBe(1);
      expect(depth[at]! / 256 / metres).toBeCloseTo(1, 1);
      // Sky: no lane, and no depth.
      expect([lane[width / 2], depth[width / 2]]).toEqual([0, 0]);
    }
    const recording = await openAnyRecording(storage, codec);
    expect(recording.length).toBe(samples);
    await recording.close();
  });
});
