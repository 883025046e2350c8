import { type Fields, inOrder } from './fields.ts';

interface Piece {
  readonly start: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** Cubic polynomials one after the other along a road; each counts from its own start. Zero before the first. */
export class PiecewiseCubic {
  readonly #pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  /** @param startName attribute with the start */
  static read(entries: readonly Fields[], startName: 's' | 'sOffset'): PiecewiseCubic {
    return new PiecewiseCubic(
      inOrder(entries, startName).map(({ start, entry }) => {
        const [a, b, c, d] = entry.cubic(['a', 'b', 'c', 'd']);
        return { start, a, b, c, d };
      }),
    );
  }

  valueAt(s: number): number {
    const piece = this.#pieceAt(s);
    if (!piece) return 0;
    const u = s - piece.start;
    return piece.a + u * (piece.b + u * (piece.c + u * piece.d));
  }

  slopeAt(s: number): number {
    const piece = this.#pieceAt(s);
    if (!piece) return 0;
    const u = s - piece.start;
    return piece.b + u * (2 * piece.c + 3 * u * piece.d);
  }

  /** The last piece that has begun; the first one where a file's first start is a rounding error behind. */
  #pieceAt(s: number): Piece | undefined {
    let found: Piece | undefined;
    for (const piece of this.#pieces) {
      if (piece.start > s + 1e-9) break;
      found = piece;
    }
    return found;
  }
}
