import { open } from 'node:fs/promises';
import path from 'node:path';
import { SAMPLES_FILE, type SampleLine } from '../../../datasets/formats/wheelhouse/layout.ts';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import type { ImageSize } from '../../../datasets/images/resize.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';

const RATE = 20;
/** Lines that are written at once. */
const LINES = 20_000;

/**
 * Writes a recording whose samples all show the same picture, so that a million of them take little room: a valid one,
 * with a line for each sample.
 */
export async function writeLongRecording(folder: string, samples: number, size: ImageSize): Promise<void> {
  const storage = new DiskStorage(folder);
  const writer = await createRecordingWriter(
    storage,
    {
      format: 'wheelhouse',
      name: 'long',
      rate: RATE,
      timeSource: 'recorded',
      cameras: { centre: size },
      conversions: [],
    },
    createSharpCodec(),
    { encoding: 'raw' },
  );
  const frame = { ...size, time: 0, pixels: new Uint8Array(size.width * size.height * 3).fill(128) };
  await writer.append({ time: 0, values: {}, frames: { centre: frame } });
  await writer.close();
  const { frames } = JSON.parse(new TextDecoder().decode(await storage.read(SAMPLES_FILE))) as SampleLine;
  const file = await open(path.join(folder, SAMPLES_FILE), 'w');
  try {
    for (let from = 0; from < samples; from += LINES) {
      let text = '';
      for (let i = from; i < Math.min(samples, from + LINES); i++) {
        const values = { steeringAngle: ((i % 200) - 100) / 100, speed: 10 };
        const line: SampleLine = { time: i / RATE, values, frames };
        text += `${JSON.stringify(line)}\n`;
      }
      await file.writeFile(text);
    }
  } finally {
    await file.close();
  }
}
