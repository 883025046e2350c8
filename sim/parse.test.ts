import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseJson, parseOrRefuse } from './parse.ts';

const schema = z.strictObject({ cameras: z.array(z.object({ width: z.int().min(1).default(4) })) });
const refused = { code: 'bad-file', where: 'a.json', mend: 'mend it' };

describe('values from outside', () => {
  it('come back as the schema makes them', () => {
    expect(parseOrRefuse(schema, { cameras: [{}] }, refused)).toEqual({ cameras: [{ width: 4 }] });
  });

  it('are refused by the first field at fault, or as a whole', () => {
    const refusalOf = (value: unknown) => {
      try {
        parseOrRefuse(schema, value, refused);
      } catch (error) {
        return error;
      }
    };
    expect(refusalOf({ cameras: [{ width: 1 }, { width: 0 }] })).toMatchObject({
      name: 'Refusal',
      code: 'bad-file',
      message: expect.stringMatching(/^a\.json: cameras\.1\.width: .*>=1; mend it$/),
    });
    expect(refusalOf(null)).toMatchObject({ message: expect.stringMatching(/^a\.json: Invalid.*; mend it$/) });
  });
});

describe('JSON from outside', () => {
  it('is read from text and bytes', () => {
    const bytes = new TextEncoder().encode('{"ä": 1}');
    expect([parseJson('[2]', refused), parseJson(bytes, refused)]).toEqual([[2], { ä: 1 }]);
  });

  it.each([['{"a": }'], [new Uint8Array([0x22, 0xff, 0x22])]])('is refused when it is none', (text) => {
    expect(() => parseJson(text, refused)).toThrow(/^a\.json: it is not JSON \(.*\); mend it$/);
  });
});
