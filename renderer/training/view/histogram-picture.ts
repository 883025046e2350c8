import type { Frame } from '../../../sim/frame.ts';

/** Points of the colour map viridis (Smith & van der Walt 2015), whose lightness grows evenly: rare is dark, frequent is bright. */
const VIRIDIS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/**
 * Histograms beside each other as a picture: a column for each, from the oldest to the newest; a row for each bin, the
 * largest numbers on top. Brightness is the root of a bin's share, relative to the largest in the picture but for that of
 * zero, which the silent units of a ReLU fill, so that the tails are seen beside the bulk.
 * @param histograms counts by bin, all of one length; an empty one stays dark
 */
export function histogramPicture(histograms: readonly (readonly number[])[]): Frame {
  const width = histograms.length;
  const height = histograms.reduce((most, counts) => Math.max(most, counts.length), 0);
  const shares = histograms.map((counts) => {
    const sum = counts.reduce((all, count) => all + count, 0) || 1;
    return counts.map((count) => count / sum);
  });
  const middle = (height - 1) / 2;
  const largest =
    shares.reduce((most, column) => Math.max(most, ...column.map((share, bin) => (bin === middle ? 0 : share))), 0) ||
    1;
  const pixels = new Uint8Array(width * height * 3);
  for (const [x, column] of shares.entries()) {
    for (let y = 0; y < height; y++) {
      pixels.set(colourOf(Math.sqrt(Math.min(1, (column[height - 1 - y] ?? 0) / largest))), (y * width + x) * 3);
    }
  }
  return { width, height, time: 0, pixels };
}

/** @param share 0 to 1 */
function colourOf(share: number): number[] {
  const place = share * (VIRIDIS.length - 1);
  const below = Math.min(VIRIDIS.length - 2, Math.floor(place));
  const [low, high] = [VIRIDIS[below]!, VIRIDIS[below + 1]!];
  return low.map((value, i) => Math.round(value + (high[i]! - value) * (place - below)));
}
