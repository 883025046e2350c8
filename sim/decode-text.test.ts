import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const TEXT = 'time,angle\n0,1 Straße\n';
const utf8 = new TextEncoder().encode(TEXT);

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? '\ufeff' : ''), ...text].map((letter) => letter.charCodeAt(0));
  const view = new DataView(new ArrayBuffer(2 * units.length));
  units.forEach((unit, i) => {
    view.setUint16(2 * i, unit, littleEndian);
  });
  return new Uint8Array(view.buffer);
}

describe('the text in a file', () => {
  it.each([
    ['UTF-8', utf8],
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])],
    ['UTF-16, little end first', utf16(TEXT, true, true)],
    ['UTF-16, big end first', utf16(TEXT, false, true)],
    ['UTF-16, little end first, without a mark', utf16(TEXT, true, false)],
    ['UTF-16, big end first, without a mark', utf16(TEXT, false, false)],
    ['Windows-1252', Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0))],
  ])('is read from %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  it('is read in the encoding that an XML declaration names, unless the bytes say otherwise', () => {
    const declared = (label: string) => `<?xml version="1.0" encoding="${label}"?>`;
    const cyrillic = [...new TextEncoder().encode(declared('windows-1251')), 0xd3, 0xeb];
    expect(decodeText(new Uint8Array(cyrillic))).toBe(`${declared('windows-1251')}Ул`);
    for (const label of ['ISO-8859-1', 'no-such-thing', 'UTF-16', 'utf-8']) {
      expect(decodeText(new Uint8Array([...new TextEncoder().encode(declared(label)), 0xdf]))).toBe(
        `${declared(label)}ß`,
      );
      expect(decodeText(new TextEncoder().encode(`${declared(label)}ß`))).toBe(`${declared(label)}ß`);
    }
  });

  it('is refused where it is not Unicode and must be', () => {
    expect(() => decodeText(new Uint8Array([0xff]), { unicode: true })).toThrow(TypeError);
    expect(decodeText(utf16('{}', true, true), { unicode: true })).toBe('{}');
  });

  it('may be cut within a character', () => {
    const cut = new TextEncoder().encode('Straße').subarray(0, 5);
    expect(decodeText(cut, { cut: true })).toBe('Stra');
    expect(decodeText(utf16('Straße', true, true).subarray(0, 7), { cut: true })).toBe('St');
    expect(decodeText(new Uint8Array())).toBe('');
  });
});
