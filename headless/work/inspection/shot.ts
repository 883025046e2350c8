import type { ImageCodec } from '../../../datasets/images/codec.ts';
import { cropAndResize, NO_CROP } from '../../../datasets/images/resize.ts';
import { fixed } from '../../../evaluation/numbers.ts';
import { html, type Markup } from '../../../evaluation/report/markup.ts';
import type { Frame } from '../../../sim/frame.ts';

/** Pictures on a page are no wider [px]. */
export const SHOT_WIDTH = 320;
const QUALITY = 78;

/** A frame with its labels, ready for a page. */
export interface Shot {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Steering-wheel angle, left positive [rad]; NaN where there is none. */
  readonly angle: number;
  readonly caption: string;
}

/** Size of a frame on a page. */
export function shotSize({ width, height }: { readonly width: number; readonly height: number }): {
  width: number;
  height: number;
} {
  const scale = Math.min(1, SHOT_WIDTH / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export async function takeShot(frame: Frame, angle: number, caption: string, codec: ImageCodec): Promise<Shot> {
  const size = shotSize(frame);
  const pixels = cropAndResize(frame.pixels, frame, NO_CROP, size);
  const jpeg = await codec.encode({ ...size, time: frame.time, pixels }, { type: 'jpeg', quality: QUALITY });
  return { jpeg, ...size, angle, caption };
}

/** Pictures side by side, each with the steering wheel drawn on as it was turned. */
export function shotStrip(shots: readonly Shot[]): Markup {
  return html`<div class="shots">${shots.map(
    ({ jpeg, width, height, angle, caption }) => html`<figure><div class="shot">
<img src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}" width="${width}" height="${height}" alt="${caption}"/>
${Number.isFinite(angle) && wheel(angle, width, height)}</div><figcaption>${caption}</figcaption></figure>`,
  )}</div>`;
}

/** A steering wheel at the lower edge; a mark on its rim is up when it is straight. */
function wheel(angle: number, width: number, height: number): Markup {
  const scale = (0.36 * height) / 100;
  // Left is positive and counter-clockwise, the picture's own turns are clockwise.
  const turn = (-angle * 180) / Math.PI;
  const lines = 'M-44 0H44M0 0V44';
  return html`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true"><g transform="translate(${(width / 2).toFixed(1)} ${(height - 52 * scale).toFixed(1)}) scale(${scale.toFixed(3)}) rotate(${turn.toFixed(1)})">
<circle class="wheel under" r="44"/><path class="wheel under" d="${lines}"/><circle class="wheel" r="44"/><path class="wheel" d="${lines}"/><path class="wheel top-mark" d="M-7 -43.4A44 44 0 0 1 7 -43.4"/></g></svg>`;
}

/** e.g. `12° left`. */
export function turned(angle: number): string {
  const degrees = (angle * 180) / Math.PI;
  if (!Number.isFinite(degrees)) return 'no steering angle';
  if (Math.abs(degrees) < 0.5) return 'straight';
  return `${fixed(Math.abs(degrees), 0)}° ${degrees > 0 ? 'left' : 'right'}`;
}
