import sharp from 'sharp';
import type { ImageCodec } from '../../../datasets/images/codec.ts';
import { damageInWords } from '../../../sim/damage.ts';
import { Refusal } from '../../../sim/refusal.ts';

/** Largest picture that is decoded [px], against pictures made to fill memory; twice 4K UHD. */
const MAX_PIXELS = 16_777_216;

// libvips keeps recent pictures; ours are each read once, and the packed cache of the windows does the keeping.
sharp.cache(false);

/** JPEG and PNG through sharp (libvips), on its own threads. */
export function createSharpCodec(): ImageCodec {
  return {
    async decode(bytes, where, time) {
      try {
        const { data, info } = await sharp(bytes, { failOn: 'truncated', limitInputPixels: MAX_PIXELS })
          .toColourspace('srgb')
          .removeAlpha()
          .raw({ depth: 'uchar' })
          .toBuffer({ resolveWithObject: true });
        if (info.channels !== 3) throw new Error(`${info.channels} channels`);
        return {
          width: info.width,
          height: info.height,
          time,
          pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
        };
      } catch (error) {
        throw new Refusal(
          'bad-image',
          where,
          `the picture cannot be decoded: ${damageInWords(error)}`,
          'replace the picture, or leave its sample out',
        );
      }
    },
    async encode(frame, encoding) {
      const { width, height } = frame;
      const image = sharp(frame.pixels, { raw: { width, height, channels: 3 } });
      const buffer = await (encoding.type === 'jpeg'
        ? image.jpeg({ quality: encoding.quality, chromaSubsampling: encoding.quality >= 90 ? '4:4:4' : '4:2:0' })
        : image.png({ compressionLevel: 6 })
      ).toBuffer();
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
    },
  };
}
