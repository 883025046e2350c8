import { type Material, Vector3 } from 'three/webgpu';
import type { Track } from '../../track/track.ts';
import { CAR_COLOURS } from '../../traffic/traffic-car.ts';
import { Batch, type BatchPiece } from '../batch.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import type { Palette } from '../palette.ts';
import { addShape } from '../scenery/add-shape.ts';
import { CAR_GLOW, CAR_HEIGHT, car, carColours } from '../scenery/car.ts';
import type { Level } from '../scenery/plants.ts';
import type { LongBody } from '../scenery/shadows.ts';
import { addBarriers } from './barriers.ts';
import { createRoadFrame, type RoadFrame } from './road-frame.ts';
import { addStrips } from './strips.ts';

/** Size of a parked car [m]. */
const LENGTH = [3.9, 4.8] as const;
const WIDTH = 1.78;
const LEVELS: readonly Level[] = [0, 1, 2];

/** What lies and stands along the road: strips, barriers, parked cars; undefined on roads that have nothing of it. */
export function buildRoadside(track: Track, palette: Palette, material: Material): Batch | undefined {
  const builder = new MeshBuilder();
  const frame = createRoadFrame(track);
  const pieces = [
    ...addStrips(builder, frame, track, palette),
    ...addBarriers(builder, frame, track.barriers ?? []),
    ...addParkedCars(builder, frame, track),
  ];
  return pieces.length === 0 ? undefined : new Batch(builder.buildVertices(), pieces, material, 0);
}

/** The size of a parked car, by its look [m]. */
function parkedCarLength(variant: number): number {
  return LENGTH[0] + (LENGTH[1] - LENGTH[0]) * ((variant * 7) % 1);
}

/** Where the parked cars darken the road. */
export function parkedBodies(track: Track): LongBody[] {
  const frame = createRoadFrame(track);
  return (track.parkedCars ?? []).map(({ s, lateral, turn, variant }) => {
    const [x, y] = frame.at(s, lateral, 0);
    const [leftX, leftY] = frame.left(s);
    return { x, y, yaw: Math.atan2(-leftX, leftY) + turn, length: parkedCarLength(variant), width: WIDTH };
  });
}

function addParkedCars(builder: MeshBuilder, frame: RoadFrame, { parkedCars = [] }: Track): BatchPiece[] {
  return parkedCars.map(({ s, lateral, turn, variant }) => {
    const [x, y, z] = frame.at(s, lateral, 0);
    const [leftX, leftY] = frame.left(s);
    const yaw = Math.atan2(-leftX, leftY) + turn;
    const place = { x, y, z, yaw, length: parkedCarLength(variant), width: WIDTH, height: CAR_HEIGHT };
    // Nobody sits in it: its lamps are off.
    const look = { colours: carColours(Math.floor(variant * CAR_COLOURS)), glow: CAR_GLOW.map(() => 0) };
    const levels = LEVELS.map((level) => addShape(builder, car(level), place, look));
    return { middle: new Vector3(x, y, z + CAR_HEIGHT / 2), radius: 2.5, levels };
  });
}
