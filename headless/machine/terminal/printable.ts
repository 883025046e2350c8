/**
 * Text that came from a file or a person, made safe for a terminal: line breaks become blanks, and control characters
 * are taken out, with which an escape sequence is but text. So are the marks that turn the direction of writing around.
 */
export function printable(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}
