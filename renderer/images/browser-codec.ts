import type { ImageCodec } from '../../datasets/images/codec.ts';
import { Refusal } from '../../sim/refusal.ts';

/** Decodes and encodes with what the browser has; works in pages and workers. */
export const browserCodec: ImageCodec = {
  async decode(bytes, where, time) {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
        // The bytes are data: neither colour profiles nor orientation tags may change them.
        colorSpaceConversion: 'none',
        imageOrientation: 'none',
      });
    } catch {
      throw new Refusal('bad-image', where, 'these bytes are no whole picture', 'delete the sample, or record again');
    }
    const { width, height } = bitmap;
    const context = contextOf(width, height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    const rgba = context.getImageData(0, 0, width, height).data;
    const pixels = new Uint8Array(width * height * 3);
    for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
      pixels[to] = rgba[from]!;
      pixels[to + 1] = rgba[from + 1]!;
      pixels[to + 2] = rgba[from + 2]!;
    }
    return { width, height, time, pixels };
  },

  async encode({ width, height, pixels }, encoding) {
    const context = contextOf(width, height);
    context.putImageData(new ImageData(opaque(pixels), width, height), 0, 0);
    const type = encoding.type === 'jpeg' ? 'image/jpeg' : 'image/png';
    const quality = encoding.type === 'jpeg' ? encoding.quality / 100 : undefined;
    const blob = await context.canvas.convertToBlob({ type, ...(quality !== undefined && { quality }) });
    return new Uint8Array(await blob.arrayBuffer());
  },
};

/** RGB → RGBA, fully opaque. */
export function opaque(pixels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((pixels.length / 3) * 4);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    rgba[to] = pixels[from]!;
    rgba[to + 1] = pixels[from + 1]!;
    rgba[to + 2] = pixels[from + 2]!;
    rgba[to + 3] = 255;
  }
  return rgba;
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser gives no canvas to decode pictures with');
  return context;
}
