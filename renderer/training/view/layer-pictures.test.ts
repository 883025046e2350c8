import { describe, expect, it } from 'vitest';
import { activationPicture, filterPicture } from './layer-pictures.ts';

describe('filterPicture', () => {
  it('shows the strongest weight in full colour, and 0 as grey', () => {
    // Two filters of 1×1 on RGB: the first looks for red, the second for the absence of green at half the strength.
    const values = Float32Array.from([2, 0, 0, -1, 0, 0]);
    const { width, height, pixels } = filterPicture({ layer: 'c', height: 1, width: 1, inputs: 3, outputs: 2, values });
    expect([width, height]).toEqual([3, 1]);
    expect([...pixels]).toEqual([255, 128, 128, 128, 128, 128, 128, 64, 128]);
  });

  it('shows filters of grey pictures in grey', () => {
    const values = Float32Array.from([1, -1]);
    const { pixels } = filterPicture({ layer: 'c', height: 2, width: 1, inputs: 1, outputs: 1, values });
    expect([...pixels]).toEqual([255, 255, 255, 0, 0, 0]);
  });
});

describe('activationPicture', () => {
  it('puts every value where it belongs, from black to white', () => {
    // Two maps of 1×2, interleaved: [-1, 1] and [0, 3].
    const values = Float32Array.from([-1, 0, 1, 3]);
    const { width, height, pixels } = activationPicture({ layer: 'c', height: 1, width: 2, channels: 2, values });
    const grey = Array.from({ length: width * height }, (_, i) => pixels[i * 3]);
    expect([width, height]).toEqual([5, 1]);
    expect(grey).toEqual([0, 128, 128, 64, 255]);
  });

  it('stays black where a layer is silent', () => {
    const { pixels } = activationPicture({ layer: 'c', height: 2, width: 2, channels: 1, values: new Float32Array(4) });
    expect(Math.max(...pixels)).toBe(0);
  });
});
