import type { PreviewSample } from './preview.ts';

/** What was done to a picture, e.g. `12° → 3°, mirrored, 0.4 m further left`; left is positive. */
export function changesInWords({ recorded, angle, mirrored, lateralShift }: PreviewSample): string {
  const words = [Number.isFinite(angle) ? `${degrees(recorded)} → ${degrees(angle)}` : 'no steering angle'];
  if (mirrored) words.push('mirrored');
  if (Math.abs(lateralShift) >= 0.05) {
    words.push(`${Math.abs(lateralShift).toFixed(1)} m further ${lateralShift > 0 ? 'left' : 'right'}`);
  }
  return words.join(', ');
}

function degrees(angle: number): string {
  return `${Math.round((angle * 180) / Math.PI) || 0}°`;
}
