import { stripVTControlCharacters } from 'node:util';

/**
 * Text that came from a file or a person, made safe for a terminal: escape sequences and control characters are taken
 * out, and line breaks become blanks.
 */
export function printable(text: string): string {
  // The category Cf holds the marks that turn the direction of writing around.
  return stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}
