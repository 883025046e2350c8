import sharp from 'sharp';
import { readEdits } from '../../../../datasets/formats/edits-file.ts';
import { framesFile, SAMPLES_FILE, type SampleLine } from '../../../../datasets/formats/wheelhouse/layout.ts';
import { readMetadata } from '../../../../datasets/formats/wheelhouse/scan.ts';
import { completeLines } from '../../../../datasets/storage/lines.ts';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import { Refusal } from '../../../../sim/refusal.ts';

/** Width and height that a thumbnail does not exceed [px]. */
const LARGEST = 320;

/**
 * A picture of a recording as JPEG: a frame from its first minutes, by preference of the camera `centre`.
 * @throws Refusal `missing-file`, `bad-recording`, `bad-image`
 */
export async function thumbnail(files: FileStorage): Promise<Uint8Array> {
  const { metadata, encoding } = await readMetadata(files);
  const camera = 'centre' in metadata.cameras ? 'centre' : Object.keys(metadata.cameras)[0];
  const none = new Refusal('missing-file', files.name, 'no frame has been recorded', 'record first');
  if (camera === undefined) throw none;
  const { cuts } = await readEdits(files);
  const isCut = (index: number) => cuts.some(({ start, end }) => index >= start && index < end);
  for await (const lines of completeLines(files, SAMPLES_FILE)) {
    const left = lines.filter(({ number }) => !isCut(number - 1));
    const samples = left.map((line) => JSON.parse(line.text) as SampleLine);
    const seen = samples.filter((sample) => sample.frames[camera] !== undefined);
    // The middle of what one read brings: the very first frames of a drive all look alike.
    const place = seen[seen.length >> 1]?.frames[camera];
    if (place === undefined) continue;
    const { width, height } = metadata.cameras[camera]!;
    const bytes = await files.readRange(framesFile(camera), place[0], place[1]);
    const raw = encoding === 'raw' ? { raw: { width, height, channels: 3 as const } } : {};
    try {
      return await sharp(bytes, raw)
        .resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 85 })
        .toBuffer();
    } catch (error) {
      throw new Refusal('bad-image', `${files.name}: ${camera}`, (error as Error).message, 'record it again');
    }
  }
  throw none;
}
