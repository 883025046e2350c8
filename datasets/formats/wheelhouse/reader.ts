import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { pictureType } from '../../images/picture-type.ts';
import { bytesOf, hashHex } from '../../recording/hash.ts';
import { createRecording, type EncodedFrame, type FrameLoader, type Recording } from '../../recording/recording.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { crc32 } from './crc32.ts';
import { framesFile } from './layout.ts';
import { scanRecording } from './scan.ts';

/**
 * Opens a recording in our own format, also one whose writer was killed.
 * @throws Refusal `missing-file`, `bad-recording`; and when a frame is loaded, `bad-image`
 */
export async function openRecording(storage: FileStorage, codec: ImageCodec): Promise<Recording> {
  const { metadata, encoding, columns, breaks, frames } = await scanRecording(storage);
  const cameras: Record<string, FrameLoader> = {};
  for (const [camera, { width, height }] of Object.entries(metadata.cameras)) {
    const { offset, length, crc } = frames[camera]!;
    const path = framesFile(camera);
    const where = (index: number) => `${storage.name}/${path}: frame of sample ${index}`;
    const refuse = (index: number, what: string): never => {
      throw new Refusal('bad-image', where(index), what, 'delete this line of samples.jsonl, or record again');
    };
    const encoded = async (index: number): Promise<EncodedFrame> => {
      if (!(length[index]! > 0)) refuse(index, 'the sample has no frame of this camera');
      const bytes = await storage.readRange(path, offset[index]!, length[index]!);
      if (bytes.length !== length[index] || crc32(bytes) !== crc[index]) refuse(index, 'the stored bytes are damaged');
      return { type: encoding === 'raw' ? 'raw' : pictureType(bytes), bytes };
    };
    cameras[camera] = {
      has: (index) => length[index]! > 0,
      encoded,
      fingerprint: async () => hashHex([bytesOf(offset), bytesOf(length), bytesOf(crc)]),
      async load(index): Promise<Frame> {
        const { bytes } = await encoded(index);
        const time = columns.time[index]!;
        if (encoding === 'raw') {
          if (bytes.length !== width * height * 3) refuse(index, `${bytes.length} bytes are no ${width}x${height} RGB`);
          return { width, height, time, pixels: bytes };
        }
        const frame = await codec.decode(bytes, where(index), time);
        if (frame.width !== width || frame.height !== height) {
          refuse(index, `the picture is ${frame.width}x${frame.height}, recording.json says ${width}x${height}`);
        }
        return frame;
      },
    };
  }
  return createRecording({ metadata, columns, cameras, breaks, close: () => storage.close() });
}
