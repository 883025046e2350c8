/** Bytes by which a text says how it is encoded, and the label of that encoding (Unicode Standard, section 23.8). */
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
/** As much of a text as is looked at for its encoding [bytes]. */
const PROBE = 512;

export interface DecodeOptions {
  /** The bytes may end within a character, whose rest is elsewhere; it is left out. */
  readonly cut?: boolean;
  /** Throws a TypeError for what is neither UTF-8 nor UTF-16, as of JSON, which is Unicode by its definition. */
  readonly unicode?: boolean;
}

/**
 * The text in a person's file, without a byte order mark: UTF-8, or UTF-16 of either order, with a mark or without. What
 * is neither is read in the encoding that an XML declaration names, or else as Windows-1252, as older spreadsheets write.
 */
export function decodeText(bytes: Uint8Array, { cut = false, unicode = false }: DecodeOptions = {}): string {
  const label = encodingOf(bytes);
  try {
    return new TextDecoder(label, { fatal: label === 'utf-8' }).decode(bytes, { stream: cut });
  } catch (error) {
    if (unicode) throw error;
    return new TextDecoder(declaredEncoding(bytes)).decode(bytes);
  }
}

function encodingOf(bytes: Uint8Array): string {
  for (const [mark, label] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, i) => bytes[i] === byte)) return label;
  }
  // Letters of the Latin scripts, digits and separators have one byte of two zero in UTF-16; UTF-8 has no zero bytes.
  const zeros = [0, 0];
  const length = Math.min(PROBE, bytes.length - (bytes.length % 2));
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2]!++;
  if (zeros[1]! > length / 4 && zeros[0]! < length / 8) return 'utf-16le';
  if (zeros[0]! > length / 4 && zeros[1]! < length / 8) return 'utf-16be';
  return 'utf-8';
}

/** The encoding that `<?xml … encoding="…"?>` names, where it is one that is known and not UTF-8 itself. */
function declaredEncoding(bytes: Uint8Array): string {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, PROBE));
  const label = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  try {
    const { encoding } = new TextDecoder(label ?? 'windows-1252');
    return encoding.startsWith('utf-') ? 'windows-1252' : encoding;
  } catch {
    return 'windows-1252';
  }
}
