/** Gives bytes of a file: `length` of them from `offset`, fewer where the file ends. */
export type ReadPiece = (offset: number, length: number) => Promise<Uint8Array>;

/** Bytes that are read at a time. */
const AHEAD = 1024 * 1024;

/** Reads a file a large piece at a time: heads of records that lie one after the other need one read for many. */
export function readAhead(read: ReadPiece, size: number): ReadPiece {
  let start = 0;
  let piece = new Uint8Array();
  return async (offset, length) => {
    const end = Math.min(offset + length, size);
    if (offset < start || end > start + piece.length) {
      if (length > AHEAD) return read(offset, end - offset);
      piece = new Uint8Array(await read(offset, Math.min(AHEAD, size - offset)));
      start = offset;
    }
    return piece.subarray(offset - start, end - start);
  };
}
