import { Color } from 'three/webgpu';
import { createStream } from '../random/stream.ts';

/** Colours of the things in the scene, linear. */
export interface Palette {
  readonly asphalt: Color;
  readonly gravel: Color;
  /** Lush and dry grass; the ground mixes them. */
  readonly grass: Color;
  readonly dryGrass: Color;
  readonly white: Color;
  readonly yellow: Color;
  readonly leaves: readonly Color[];
  readonly needles: readonly Color[];
  readonly bark: Color;
  readonly rock: Color;
  readonly walls: readonly Color[];
  readonly roofs: readonly Color[];
  /** Hills at the horizon. */
  readonly hills: Color;
}

/** Hue [0, 1), saturation and lightness of sRGB with the spread of each. */
type Range = readonly [
  hue: number,
  spread: number,
  saturation: readonly [number, number],
  light: readonly [number, number],
];

/** The two colours of a plain training loop, linear. */
export interface TwoTones {
  readonly road: Color;
  readonly ground: Color;
}

/** Two plain colours that can always be told apart: one dark, one light. */
export function twoTonesOf(colourSeed: number): TwoTones {
  const stream = createStream(colourSeed, 'scene/two tones');
  const tone = (saturation: number, low: number, high: number) =>
    new Color().setHSL(stream.uniform(), stream.uniform(0, saturation), stream.uniform(low, high), 'srgb');
  const dark = tone(0.15, 0.16, 0.32);
  const light = tone(0.4, 0.5, 0.7);
  return stream.uniform() < 0.75 ? { road: dark, ground: light } : { road: light, ground: dark };
}

/** The colours that belong to this seed. */
export function paletteOf(colourSeed: number): Palette {
  const stream = createStream(colourSeed, 'scene/palette');
  const draw = ([hue, spread, saturation, light]: Range) =>
    new Color().setHSL(
      (hue + stream.uniform(-spread, spread) + 1) % 1,
      stream.uniform(...saturation),
      stream.uniform(...light),
      'srgb',
    );
  const several = (count: number, range: Range) => Array.from({ length: count }, () => draw(range));
  return {
    asphalt: draw([0.6, 0.06, [0.01, 0.05], [0.3, 0.43]]),
    gravel: draw([0.1, 0.03, [0.08, 0.18], [0.42, 0.55]]),
    grass: draw([0.26, 0.035, [0.32, 0.5], [0.28, 0.36]]),
    dryGrass: draw([0.16, 0.03, [0.3, 0.45], [0.4, 0.5]]),
    white: draw([0.13, 0.05, [0.02, 0.08], [0.88, 0.96]]),
    yellow: draw([0.125, 0.012, [0.75, 0.9], [0.5, 0.56]]),
    leaves: several(4, [0.25, 0.05, [0.3, 0.5], [0.22, 0.36]]),
    needles: several(3, [0.34, 0.05, [0.22, 0.38], [0.16, 0.24]]),
    bark: draw([0.07, 0.02, [0.2, 0.35], [0.2, 0.3]]),
    rock: draw([0.1, 0.06, [0.03, 0.1], [0.4, 0.52]]),
    walls: several(4, [0.1, 0.06, [0.1, 0.4], [0.7, 0.9]]),
    roofs: several(3, [0.03, 0.04, [0.25, 0.5], [0.26, 0.4]]),
    hills: draw([0.33, 0.08, [0.15, 0.25], [0.3, 0.38]]),
  };
}

const SNOW = new Color().setRGB(0.9, 0.92, 0.95, 'srgb');

/** The colours under snow, and in autumn when there are leaves on the ground; the same object where there is neither. */
export function weathered(palette: Palette, snow: number, leaves: number): Palette {
  if (snow === 0 && leaves === 0) return palette;
  const autumn = (colour: Color, i: number) => {
    const hue = 0.045 + 0.03 * (i % 4);
    const turned = new Color().setHSL(hue, 0.6, 0.4, 'srgb');
    return colour.clone().lerp(turned, Math.min(1, leaves * 1.4));
  };
  const white = (share: number) => (colour: Color) => colour.clone().lerp(SNOW, share * snow);
  return {
    ...palette,
    leaves: palette.leaves.map(autumn).map(white(0.3)),
    needles: palette.needles.map(white(0.22)),
    hills: white(0.6)(autumn(palette.hills, 2).lerp(palette.hills, 0.6)),
  };
}
