import { describe, expect, it } from 'vitest';
import { parseTrackName } from './track-name.ts';

describe("a track's name", () => {
  it.each([
    ['roads/town.xodr', 'roads/town.xodr', {}],
    ['Ring.CSV', 'Ring.CSV', {}],
    ['town.xodr#road=5', 'town.xodr', { road: '5' }],
    ['town.xodr#road=5,lane=-2,s=12.5', 'town.xodr', { road: '5', lane: -2, s: 12.5 }],
    ['town.xodr#s=0&road=a b;lane=1', 'town.xodr', { road: 'a b', lane: 1, s: 0 }],
    ['c#/no.1#road.xodr#road=5', 'c#/no.1#road.xodr', { road: '5' }],
    ['c#/town.xodr', 'c#/town.xodr', {}],
  ])('%s names a file and a place', (name, file, start) => {
    expect(parseTrackName(name)).toEqual({ file, start });
  });

  it.each(['millbrook', 'country:5', 'town.xodr.txt', 'town#road=5'])('%s names no file', (name) => {
    expect(parseTrackName(name)).toBeNull();
  });

  it.each([
    ['lane=-1', /names no road/],
    ['road=5,lane=0', /the lane is "0"/],
    ['road=5,lane=left', /the lane is "left"/],
    ['road=5,s=-1', /s is "-1"/],
    ['road=5,s=far', /s is "far"/],
    ['road=5,road=6', /names road twice/],
    ['road=', /"road=" is not known/],
    ['5', /"5" is not known/],
    ['', /"" is not known/],
  ])('with the start %s is refused', (start, message) => {
    expect(() => parseTrackName(`town.xodr#${start}`)).toThrow(message);
    expect(() => parseTrackName(`town.xodr#${start}`)).toThrow(/^track town\.xodr#.*; write it as town\.xodr#road=5/);
  });
});
