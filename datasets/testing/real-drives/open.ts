import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Frame } from '../../../sim/frame.ts';
import { bytesOf, hashHex } from '../../recording/hash.ts';
import { createRecording, type Recording } from '../../recording/recording.ts';

/** Recordings of which a thinned copy lies here. */
export const REAL_DRIVES = ['udacity-lake-centre', 'udacity-lake-3cam', 'donkeycar-tub'] as const;
export type RealDrive = (typeof REAL_DRIVES)[number];

/** Size of the frames [px], and how many stand in a row of the sheet. */
const [WIDTH, HEIGHT, IN_A_ROW] = [128, 32, 8];

/**
 * The first samples of a real recording: the columns in our units, and the centre camera's frames in grey at the size that
 * inspection judges them by.
 */
export async function openRealDrive(name: RealDrive): Promise<Recording> {
  const read = (file: string) => readFileSync(new URL(`${name}/${file}`, import.meta.url));
  const drive = JSON.parse(read('drive.json').toString()) as {
    metadata: Pick<Recording['metadata'], 'format' | 'rate' | 'timeSource'>;
    columns: Record<string, number[]> & { time: number[] };
  };
  const sheet = await sharp(read('frames.avif')).greyscale().raw().toBuffer();
  const columns = Object.fromEntries(
    Object.entries(drive.columns).map(([column, values]) => [column, Float64Array.from(values)]),
  ) as Recording['columns'];
  const frame = (index: number): Frame => {
    const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
    const [left, top] = [(index % IN_A_ROW) * WIDTH, Math.floor(index / IN_A_ROW) * HEIGHT];
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
      pixels.fill(sheet[(top + y) * IN_A_ROW * WIDTH + left + x]!, 3 * i, 3 * i + 3);
    }
    return { width: WIDTH, height: HEIGHT, time: columns.time[index]!, pixels };
  };
  const centre = {
    has: (index: number) => index >= 0 && index < columns.time.length,
    load: async (index: number) => frame(index),
    fingerprint: async () => hashHex([sheet, bytesOf(columns.time)]),
  };
  return createRecording({
    metadata: { ...drive.metadata, name, cameras: { centre: { width: WIDTH, height: HEIGHT } }, conversions: [] },
    columns,
    cameras: { centre },
  });
}
