import { Color } from 'three/webgpu';
import type { Level } from './plants.ts';
import { emptyTemplate, flat, frustum, type Slot, type Template } from './template.ts';

/** Height of a car's roof [m]. */
export const CAR_HEIGHT = 1.46;

const BODY: Slot = 0;
const GLASS: Slot = 1;
const DARK: Slot = 2;
const HEADLAMP: Slot = 3;
const TAIL_LIGHT: Slot = 4;

/** Paint of cars by their colour index: what is common in Europe. */
const PAINTS = [
  [0.86, 0.87, 0.88],
  [0.12, 0.12, 0.13],
  [0.5, 0.52, 0.55],
  [0.13, 0.22, 0.42],
  [0.58, 0.1, 0.1],
  [0.3, 0.32, 0.35],
  [0.72, 0.7, 0.64],
  [0.12, 0.3, 0.22],
].map(([r, g, b]) => new Color().setRGB(r!, g!, b!, 'srgb'));

/** How much of its own light each slot gives at night. */
export const CAR_GLOW: readonly number[] = [0, 0, 0, 1, 0.8];

/** Colours of the slots of a car. @param index a whole number from 0 */
export function carColours(index: number): readonly Color[] {
  const srgb = (r: number, g: number, b: number) => new Color().setRGB(r, g, b, 'srgb');
  const paint = PAINTS[index % PAINTS.length]!;
  return [paint, srgb(0.1, 0.13, 0.16), srgb(0.06, 0.06, 0.065), srgb(0.95, 0.95, 0.9), srgb(0.78, 0.06, 0.05)];
}

/**
 * A car with its middle at the origin: x from -0.5 at its tail to 0.5 at its nose, y from -0.5 to 0.5, z from 0 to 1;
 * scaled by its length, width and height.
 */
export function car(level: Level): Template {
  const t = emptyTemplate();
  const plate = (z: number, back: number, front: number, half: number) => ({ z, back, front, half });
  if (level >= 2) {
    frustum(t, plate(0.05, -0.48, 0.48, 0.47), plate(0.58, -0.48, 0.46, 0.47), BODY, 0.9);
    frustum(t, plate(0.58, -0.42, 0.22, 0.45), plate(1, -0.3, 0.06, 0.36), level === 2 ? GLASS : BODY);
    return t;
  }
  frustum(t, plate(0.1, -0.485, 0.485, 0.46), plate(0.26, -0.5, 0.5, 0.49), DARK);
  frustum(t, plate(0.24, -0.497, 0.497, 0.49), plate(0.5, -0.49, 0.47, 0.5), BODY, 0.92);
  // Bonnet and boot fall off to the ends.
  frustum(t, plate(0.5, -0.49, 0.47, 0.5), plate(0.6, -0.45, 0.24, 0.46), BODY);
  frustum(t, plate(0.6, -0.43, 0.23, 0.45), plate(0.95, -0.31, 0.07, 0.37), GLASS);
  frustum(t, plate(0.94, -0.315, 0.075, 0.375), plate(1, -0.28, 0.03, 0.34), BODY, 1.05);
  for (const side of [1, -1]) {
    lamp(t, 0.499, side, 0.4, 0.48, HEADLAMP);
    lamp(t, -0.499, side, 0.4, 0.5, TAIL_LIGHT);
    for (const x of [0.31, -0.3]) wheel(t, x, side, level === 0 ? 8 : 5);
  }
  // The pillars between the doors.
  if (level === 0) frustum(t, plate(0.6, -0.13, -0.105, 0.453), plate(0.95, -0.13, -0.105, 0.373), BODY, 0.9);
  return t;
}

function lamp(t: Template, x: number, side: number, low: number, high: number, slot: Slot): void {
  const [from, to] = [side * 0.28, side * 0.46];
  const out = x + Math.sign(x) * 0.004;
  const points: [number, number, number][] = [
    [out, Math.min(from, to), low],
    [out, Math.max(from, to), low],
    [out, Math.max(from, to), high],
    [out, Math.min(from, to), high],
  ];
  flat(t, x > 0 ? points : points.reverse(), slot);
}

/** A disc on the outside; the tread is seen from behind. */
function wheel(t: Template, x: number, side: number, sides: number): void {
  const rim: [number, number, number][] = [];
  // 0.32 m of radius on a car of 4.4 m by 1.46 m.
  for (let i = 0; i < sides; i++) {
    const angle = (2 * Math.PI * (i + 0.5)) / sides;
    rim.push([x + 0.073 * Math.cos(angle), side * 0.502, 0.22 + 0.22 * Math.sin(angle)]);
  }
  flat(t, side > 0 ? rim.reverse() : rim, DARK);
  const inner = side * 0.38;
  const [low, high] = [0, 0.3];
  for (const end of [-1, 1]) {
    const at = x + end * 0.07;
    const tread: [number, number, number][] = [
      [at, Math.min(inner, side * 0.5), low],
      [at, Math.max(inner, side * 0.5), low],
      [at, Math.max(inner, side * 0.5), high],
      [at, Math.min(inner, side * 0.5), high],
    ];
    flat(t, end > 0 ? tread : tread.reverse(), DARK);
  }
}
