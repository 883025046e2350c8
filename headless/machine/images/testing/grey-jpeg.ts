import { createSharpCodec } from '../sharp-codec.ts';

/** The codec that tests use. */
export const codec = createSharpCodec();

/** A small grey picture as JPEG. @param level 0 to 255 */
export async function greyJpeg(level: number, width = 32, height = 16): Promise<Uint8Array> {
  const pixels = new Uint8Array(width * height * 3).fill(level);
  return codec.encode({ width, height, time: 0, pixels }, { type: 'jpeg', quality: 90 });
}
