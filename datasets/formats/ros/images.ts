import { z } from 'zod';
import type { Frame } from '../../../sim/frame.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { pictureType } from '../../images/picture-type.ts';

const bytes = z.instanceof(Uint8Array);
/** `sensor_msgs/CompressedImage`. */
const compressed = z.object({ format: z.string(), data: bytes });
/** `sensor_msgs/Image`. */
const raw = z.object({
  width: z.int().min(1).max(16384),
  height: z.int().min(1).max(16384),
  encoding: z.string(),
  step: z.int().min(1),
  data: bytes,
});

/** Place of red, green and blue among the bytes of a pixel. */
const ORDERS: Readonly<Record<string, readonly [number, number, number, size: number]>> = {
  rgb8: [0, 1, 2, 3],
  bgr8: [2, 1, 0, 3],
  rgba8: [0, 1, 2, 4],
  bgra8: [2, 1, 0, 4],
  mono8: [0, 0, 0, 1],
};

/** The bytes of a picture in a message that holds JPEG or PNG as it is; undefined for all others. */
export function packedPicture(content: unknown): Uint8Array | undefined {
  const packed = compressed.safeParse(content);
  if (!packed.success) return undefined;
  const { data } = packed.data;
  const isJpeg = data[0] === 0xff && data[1] === 0xd8;
  return isJpeg || pictureType(data) === 'png' ? data : undefined;
}

/** The frame in an image message, compressed or not. @throws Refusal `bad-image` */
export async function frameOf(content: unknown, codec: ImageCodec, where: string, time: number): Promise<Frame> {
  const packed = compressed.safeParse(content);
  if (packed.success) return codec.decode(packed.data.data, where, time);
  const image = raw.safeParse(content);
  if (!image.success) throw badImage(where, 'the message holds no image');
  const { width, height, encoding, step, data } = image.data;
  const order = ORDERS[encoding];
  if (order === undefined) throw badImage(where, `the encoding ${JSON.stringify(encoding)} is not known`);
  const [red, green, blue, size] = order;
  if (step < width * size || data.length < (height - 1) * step + width * size) throw badImage(where, 'it is cut short');
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0, i = y * step; x < width; x++, i += size, o += 3) {
      pixels[o] = data[i + red]!;
      pixels[o + 1] = data[i + green]!;
      pixels[o + 2] = data[i + blue]!;
    }
  }
  return { width, height, time, pixels };
}

function badImage(where: string, what: string): Refusal {
  return new Refusal('bad-image', where, what, 'leave its sample out, or record as rgb8 or compressed');
}
