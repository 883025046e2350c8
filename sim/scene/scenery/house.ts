import { createStream } from '../../random/stream.ts';
import type { Level } from './plants.ts';
import { box, emptyTemplate, type Template } from './template.ts';

/** Walls, gable roof, windows and a door. Slot 0 walls, slot 1 roof, slot 2 windows. */
export function house(variant: number, level: Level): Template {
  const stream = createStream(variant, 'scenery/house');
  const t = emptyTemplate();
  const eaves = stream.uniform(0.5, 0.62);
  const long = stream.uniform(1.3, 1.9);
  const deep = stream.uniform(0.95, 1.25);
  box(t, [0, 0, eaves / 2 - 0.1], [long, deep, eaves + 0.2], 0);
  // The gables are the walls' colour, the slopes lie over them.
  box(t, [0, 0, eaves + (1 - eaves) / 2 - 0.02], [long, deep, 1 - eaves], 0, 0.95, true);
  box(t, [0, 0, eaves + (1 - eaves) / 2], [long * 0.99, deep * 1.16, 1 - eaves + 0.02], 1, 1, true);
  box(t, [long * 0.3, deep * 0.2, 0.95], [0.1, 0.1, 0.22], 1, 0.8);
  if (level >= 2) return t;
  const windows = 3;
  for (let floor = 0; floor < 2; floor++) {
    for (let i = 0; i < windows; i++) {
      const x = long * ((i + 0.5) / windows - 0.5) * 0.86;
      const z = eaves * (floor === 0 ? 0.3 : 0.74);
      box(t, [x, 0, z], [0.12, deep + 0.012, 0.13], 2);
    }
    box(t, [0, deep * 0.2, eaves * (floor === 0 ? 0.3 : 0.74)], [long + 0.012, 0.13, 0.13], 2);
  }
  box(t, [long * 0.12, 0, 0.12], [0.11, deep + 0.016, 0.26], 1, 0.7);
  return t;
}
