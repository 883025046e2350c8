import { describe, expect, it } from 'vitest';
import { ellipseTrack } from '../ellipse-track.testing.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import { paletteOf } from '../palette.ts';
import { createRoadFrame } from './road-frame.ts';
import { addStrips, stretchesOf } from './strips.ts';

describe('strips along the road', () => {
  const track = { ...ellipseTrack({ scenery: false, swell: 0 }), strips: [] };

  it('are cut into stretches where they are there', () => {
    const present = (s: number) => (s >= 10 && s < 20) || s >= 90;
    expect(stretchesOf({ present }, { length: 100 })).toEqual([
      { from: 10, to: 20 },
      { from: 90, to: 100 },
    ]);
    expect(stretchesOf({}, { length: 100 })).toEqual([{ from: 0, to: 100 }]);
    expect(stretchesOf({ present: () => false }, { length: 100 })).toEqual([]);
  });

  it('lie at their offsets and their height above the road, and look up', () => {
    const kerb = { kind: 'kerb' as const, left: () => -4, right: () => -4.2, height: 0.12 };
    const builder = new MeshBuilder();
    const pieces = addStrips(builder, createRoadFrame(track), { ...track, strips: [kerb] }, paletteOf(0));
    const position = builder.buildVertices().getAttribute('position');
    let highest = 0;
    for (let i = 0; i < position.count; i++) {
      const { s, lateral } = track.project(position.getX(i), position.getY(i));
      expect(lateral).toBeGreaterThan(-4.25);
      expect(lateral).toBeLessThan(-3.95);
      const { z, bank } = track.pointAt(s);
      highest = Math.max(highest, position.getZ(i) - z - lateral * Math.tan(bank));
    }
    expect(highest).toBeCloseTo(0.12, 2);
    // The top's triangles turn counter-clockwise as seen from above.
    const [a, b, c] = Array.from(pieces[0]!.levels[0]!)
      .slice(0, 3)
      .map((i) => [position.getX(i), position.getY(i)]);
    const turn = (b![0]! - a![0]!) * (c![1]! - a![1]!) - (b![1]! - a![1]!) * (c![0]! - a![0]!);
    expect(turn).toBeGreaterThan(0);
  });
});
