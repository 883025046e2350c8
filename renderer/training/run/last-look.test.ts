import { describe, expect, it } from 'vitest';
import { decodeLook, encodeLook, type LastLook } from './last-look.ts';

const look: LastLook = {
  clip: { predicted: Float32Array.of(0.5, -1), truth: Float32Array.of(0.25, 2), rate: 20 },
  inside: {
    frame: { width: 2, height: 1, time: 0, pixels: Uint8Array.of(0, 128, 255, 1, 2, 3) },
    filters: { layer: 'c', height: 1, width: 1, inputs: 3, outputs: 1, values: Float32Array.of(1, 2, 3) },
    activations: [
      { layer: 'c', height: 1, width: 2, channels: 1, values: Float32Array.of(4, 5) },
      { layer: 'd', height: 1, width: 3, channels: 1, values: Float32Array.of(6, 7, 8) },
    ],
  },
};

describe('a last look', () => {
  it('comes back as it was kept', () => {
    expect(decodeLook(encodeLook(look), 'last-look.bin')).toEqual(look);
    const without = { ...look, inside: { ...look.inside, filters: null } };
    expect(decodeLook(encodeLook(without), 'last-look.bin')).toEqual(without);
  });

  it('is refused when it is damaged', () => {
    const bytes = encodeLook(look);
    bytes[bytes.length - 1]! ^= 1;
    expect(() => decodeLook(bytes, 'last-look.bin')).toThrow(/last-look\.bin: its SHA-256/);
  });
});
