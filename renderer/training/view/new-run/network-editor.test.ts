import { describe, expect, it } from 'vitest';
import { createSpec, planNetwork } from '../../../../models/zoo/zoo.ts';
import { readNetwork } from './network-editor.ts';

describe('readNetwork', () => {
  it('takes an empty text as all defaults', () => {
    const read = readNetwork('cnn-lstm', ' ');
    expect(read).toMatchObject({ options: {}, parameters: planNetwork(createSpec('cnn-lstm')).parameters });
  });

  it('counts what the options make of the network', () => {
    const small = readNetwork('cnn-lstm', '{"units": 8}');
    const large = readNetwork('cnn-lstm', '{"units": 128}');
    if ('problem' in small || 'problem' in large) throw new Error('both are fine');
    expect(small.parameters).toBeLessThan(large.parameters);
    expect(large.layers.some(({ shape }) => shape.includes(4 * 128))).toBe(true);
  });

  it.each([
    ['{"units": ', /not JSON/],
    ['[1]', /Write an object/],
    ['{"units": "many"}', /units/],
    ['{"unitz": 3}', /unitz/],
  ])('says what is wrong with %s', (text, words) => {
    const read = readNetwork('cnn-lstm', text);
    expect('problem' in read && read.problem).toMatch(words);
  });

  it('takes a list of layers as a network of its own, and fits it to what it looks at', () => {
    const text = '{"layers": [{"type": "flatten"}, {"type": "dense", "units": 5}]}';
    const small = readNetwork('cnn-lstm', text, { width: 32, height: 16 });
    if ('problem' in small) throw new Error(small.problem);
    expect(small.architecture).toBe('layers');
    expect(small.layers[0]!.shape).toEqual([32 * 16 * 3, 5]);
  });

  it('says when a network does not fit into the frames', () => {
    const read = readNetwork('cnn-lstm', '', { width: 8, height: 8 });
    expect('problem' in read && read.problem).toMatch(/;/);
  });
});
