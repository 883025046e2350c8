import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../sim/frame.ts';
import { createSharpCodec } from './sharp-codec.ts';

/** A smooth ramp in red and green with a blue constant: JPEG keeps such a picture within a few steps. */
function ramp(width: number, height: number): Frame {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set([(255 * x) / width, (255 * y) / height, 60], 3 * (y * width + x));
  }
  return { width, height, time: 1.5, pixels };
}

describe('sharp codec', () => {
  const codec = createSharpCodec();

  it('keeps every byte through PNG', async () => {
    const frame = ramp(33, 17);
    expect(await codec.decode(await codec.encode(frame, { type: 'png' }), 'x.png', 1.5)).toEqual(frame);
  });

  it('keeps the picture within a few steps through JPEG', async () => {
    const frame = ramp(64, 32);
    const back = await codec.decode(await codec.encode(frame, { type: 'jpeg', quality: 95 }), 'x.jpg', 1.5);
    expect([back.width, back.height]).toEqual([64, 32]);
    expect(Math.max(...back.pixels.map((value, i) => Math.abs(value - frame.pixels[i]!)))).toBeLessThan(8);
  });

  it('refuses bytes that are no whole picture, and says where', async () => {
    const whole = await codec.encode(ramp(64, 32), { type: 'jpeg', quality: 90 });
    for (const bytes of [new Uint8Array(), new Uint8Array(100).fill(7), whole.slice(0, whole.length / 2)]) {
      await expect(codec.decode(bytes, 'IMG/a.jpg', 0)).rejects.toMatchObject({
        code: 'bad-image',
        message: expect.stringContaining('IMG/a.jpg'),
      });
    }
  });
});
