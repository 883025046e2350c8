/** What libraries that decode pictures, videos and archives say of a damaged file, by what it means. */
const MEANINGS: readonly (readonly [said: RegExp, meaning: string])[] = [
  [/\b(is|are|was) empty\b|zero[- ]?(length|bytes?)|0 bytes|no data/i, 'it is empty'],
  [
    /truncat|premature|unexpected (end|eof)|end of (file|data|stream|buffer|input)|outside the bounds|out of (bounds|range)|too (short|small)|invalid typed array length|\beof\b|read past/i,
    'it breaks off before its end',
  ],
  [/pixel limit|too (large|big)|exceeds|allocation|out of memory/i, 'it is larger than is read'],
  [
    /unsupported|unknown (format|type)|not (a|an|in a) .*(format|file)|no .*(signature|magic)|bad magic|signature|invalid magic|unrecognized/i,
    'it is of another kind than its name says',
  ],
  [/crc|checksum|huffman|corrupt|marker|inflate|invalid (block|distance|stored|code|bit)|bad /i, 'its data is damaged'],
];

/**
 * What a library said of a damaged file, in words for the person who has it; what is not known is quoted, its first line
 * alone.
 */
export function damageInWords(error: unknown): string {
  const said = String(error instanceof Error ? error.message : error)
    .split('\n')[0]!
    .trim();
  const meaning = MEANINGS.find(([pattern]) => pattern.test(said))?.[1];
  return meaning ?? (said === '' ? 'its data is damaged' : `“${said}”`);
}
