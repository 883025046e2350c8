import { describe, expect, it } from 'vitest';
import { Refusal } from '../../sim/refusal.ts';
import type { DriverNeed } from './machine.ts';
import { COMMAND_LINE_OFFERS, JOB_OFFERS, PAGE_OFFERS } from './offers.ts';
import { isReference, parseReference } from './reference.ts';
import { DRIVER_KINDS, kindsFor, syntaxOf } from './registry.ts';

describe('a driver reference', () => {
  it.each([
    ['expert', COMMAND_LINE_OFFERS, 'expert', ''],
    ['default', JOB_OFFERS, 'default', ''],
    ['human', PAGE_OFFERS, 'human', ''],
    ['constant:0', JOB_OFFERS, 'constant', '0'],
    ['constant:2.5', PAGE_OFFERS, 'constant', '2.5'],
    ['model:my net & more', PAGE_OFFERS, 'model', 'my net & more'],
    // A text that no word begins is a folder where paths are taken, and an id where they are not.
    ['runs/mine', COMMAND_LINE_OFFERS, 'folder', 'runs/mine'],
    ['./expert', COMMAND_LINE_OFFERS, 'folder', './expert'],
    ['C:\\models\\mine', COMMAND_LINE_OFFERS, 'folder', 'C:\\models\\mine'],
    ['folder:expert', COMMAND_LINE_OFFERS, 'folder', 'expert'],
    ['constant', COMMAND_LINE_OFFERS, 'folder', 'constant'],
    ['mine', JOB_OFFERS, 'model', 'mine'],
    ['constructor', JOB_OFFERS, 'model', 'constructor'],
    ['../mine', JOB_OFFERS, 'model', '../mine'],
  ])('%s', (text, offers, kind, argument) => {
    const reference = parseReference(text, offers);
    expect([reference.kind.name, reference.argument]).toEqual([kind, argument]);
    expect(isReference(text, offers)).toBe(true);
  });

  it.each([
    [
      '',
      COMMAND_LINE_OFFERS,
      'unknown-driver',
      /there is no driver of that name; there are expert, default, <model folder>/,
    ],
    ['model:', JOB_OFFERS, 'unknown-driver', /there is no driver of that name/],
    ['human', COMMAND_LINE_OFFERS, 'driver-not-here', /human: it needs a person at the wheel; there are expert/],
    ['folder:/etc', JOB_OFFERS, 'driver-not-here', /it needs a path of this machine, which is not taken here/],
    ['folder:/etc', PAGE_OFFERS, 'driver-not-here', /path/],
    ['constant:', PAGE_OFFERS, 'unknown-driver', /no driver/],
    ['constant:fast', PAGE_OFFERS, 'bad-driver', /constant:fast: this is no speed; write it as constant:3/],
    ['constant:-1', PAGE_OFFERS, 'bad-driver', /speed/],
    ['constant:1e3', PAGE_OFFERS, 'bad-driver', /speed/],
    ['constant:101', PAGE_OFFERS, 'bad-driver', /100 m\/s/],
  ])('%s is refused', (text, offers, code, message) => {
    expect(isReference(text, offers)).toBe(false);
    const refused = () => parseReference(text, offers);
    expect(refused).toThrow(Refusal);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ code }));
  });

  it('is refused with the nearest word where there is one, of those that can be opened', () => {
    const none = new Set<DriverNeed>();
    expect(() => parseReference('exprt', none)).toThrow(/did you mean expert\?/);
    expect(() => parseReference('constnat:3', none)).toThrow(/did you mean constant\?/);
    expect(() => parseReference('humam', none)).not.toThrow(/did you mean/);
    expect(() => parseReference('elephant', none)).toThrow(/no driver of that name; there are expert/);
  });
});

describe('the registry', () => {
  it('tells every kind in words of its own, each short enough for a line', () => {
    for (const field of ['name', 'label', 'hint', 'description'] as const) {
      const said = DRIVER_KINDS.map((kind) => kind[field]);
      expect(new Set(said).size).toBe(DRIVER_KINDS.length);
    }
    for (const { name, description } of DRIVER_KINDS) {
      expect(name).toMatch(/^[a-z][a-z-]*$/);
      expect(description).toMatch(/^[^.\n]{5,110}$/);
    }
  });

  it('offers each machine what it can open', () => {
    const written = (offers: ReadonlySet<DriverNeed>) => {
      const kinds = kindsFor(offers);
      return kinds.map((kind) => syntaxOf(kind, kinds)).filter((syntax) => !/weaving|drowsy|constant/.test(syntax));
    };
    expect(written(COMMAND_LINE_OFFERS)).toEqual(['expert', 'default', '<model folder>', 'model:<id>']);
    expect(written(PAGE_OFFERS)).toEqual(['human', 'expert', 'default', '<id>']);
    expect(written(JOB_OFFERS)).toEqual(['expert', 'default', '<id>']);
    expect(written(new Set())).toEqual(['expert']);
  });
});
