import path from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { CameraMount } from '../../../sim/camera/mount.ts';
import { DEFAULT_FRONT_CAMERA } from '../../../sim/camera/mount.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import { type PresetName, presetConditions } from '../../../sim/conditions/presets.ts';
import { listTracks, openTrack } from '../../../sim/track/catalogue.ts';
import type { Track } from '../../../sim/track/track.ts';
import { createVehicleState } from '../../../sim/vehicle/state.ts';
import { Cameras } from '../../machine/cameras/cameras.ts';
import { openGpu } from '../../machine/gpu/open.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';

/** What each road is shown in, from left to right. */
export const SHEET_CONDITIONS: readonly PresetName[] = ['clear-day', 'low-sun', 'rain', 'fog', 'snow', 'night'];

const SHEET_FILE = 'contact-sheet.png';

/** The default camera with more pixels: what it sees, for people. */
const CAMERA: CameraMount = { ...DEFAULT_FRONT_CAMERA, width: 320, height: 128 };
const GAP = 6;
const LABEL_WIDTH = 180;
const LABEL_HEIGHT = 24;

export interface ContactSheetOptions {
  readonly signal?: AbortSignal;
  /** Told after each picture: the share that is done, and the road's name. */
  onPicture?(share: number, name: string): void;
}

export interface ContactSheet {
  readonly file: string;
  readonly roads: number;
  readonly conditions: readonly string[];
}

/**
 * Draws every built-in road in six conditions as the camera sees it, into one picture: `contact-sheet.png` in the folder.
 * A stop through the signal leaves no picture behind.
 */
export async function renderContactSheet(folder: string, options: ContactSheetOptions = {}): Promise<ContactSheet> {
  const { signal, onPicture } = options;
  const roads = listTracks();
  const cameras = await Cameras.open(await openGpu(), { centre: CAMERA });
  const pictures: OverlayOptions[] = [];
  for (const [row, { id, name }] of roads.entries()) {
    const track = openTrack(id);
    for (const [column, preset] of SHEET_CONDITIONS.entries()) {
      signal?.throwIfAborted();
      const input = await photograph(cameras, track, conditionsAt(track, preset, row), showPlace(track, row));
      pictures.push({
        input: Buffer.from(input),
        raw: { width: CAMERA.width, height: CAMERA.height, channels: 3 },
        left: LABEL_WIDTH + column * (CAMERA.width + GAP),
        top: LABEL_HEIGHT + row * (CAMERA.height + GAP),
      });
      onPicture?.(pictures.length / (roads.length * SHEET_CONDITIONS.length), name);
    }
  }
  const width = LABEL_WIDTH + SHEET_CONDITIONS.length * (CAMERA.width + GAP);
  const height = LABEL_HEIGHT + roads.length * (CAMERA.height + GAP);
  const labels = labelling(
    roads.map(({ name, family }) => [name, family]),
    width,
    height,
  );
  const file = path.join(folder, SHEET_FILE);
  const sheet = await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite([...pictures, { input: Buffer.from(labels) }])
    .png({ compressionLevel: 9 })
    .toBuffer();
  await new DiskStorage(folder).write(SHEET_FILE, sheet);
  return { file, roads: roads.length, conditions: SHEET_CONDITIONS };
}

/** A place where something is to be seen: the beginning of a bend a little way into the road. */
export function showPlace(track: Track, row: number): number {
  const start = track.length * (0.08 + 0.13 * (row % 5));
  for (let s = start; s < start + track.length * 0.5; s += 4) {
    const ahead = Math.abs(track.pointAt(s + 35).curvature);
    if (ahead > 1 / 160 && Math.abs(track.pointAt(s).curvature) < 1 / 400) return s % track.length;
  }
  return start % track.length;
}

/** Low sun stands ahead of the car, where it blinds. */
function conditionsAt(track: Track, preset: PresetName, row: number): Conditions {
  const conditions = presetConditions(preset);
  const azimuth = track.pointAt(showPlace(track, row)).heading + 0.25;
  const sun = preset === 'low-sun' ? { ...conditions.sun, azimuth } : conditions.sun;
  return { ...conditions, sun, colourSeed: row + 1 };
}

async function photograph(cameras: Cameras, track: Track, conditions: Conditions, s: number): Promise<Uint8Array> {
  const mounted = await cameras.mount(track, conditions);
  const { x, y, heading } = track.pointAt(s);
  const offset = track.laneCentre(s);
  const place = { x: x - Math.sin(heading) * offset, y: y + Math.cos(heading) * offset, yaw: heading };
  const frame = await mounted.sources.centre!.capture({ ...createVehicleState(), ...place }, 2.2);
  mounted.dispose();
  return frame.pixels;
}

function labelling(roads: readonly (readonly string[])[], width: number, height: number): string {
  const text = (x: number, y: number, content: string, style: string) =>
    `<text x="${x}" y="${y}" font-family="sans-serif" ${style}>${escaped(content)}</text>`;
  const columns = SHEET_CONDITIONS.map((name, column) =>
    text(LABEL_WIDTH + column * (CAMERA.width + GAP) + 4, 17, name, 'font-size="14" font-weight="bold"'),
  );
  const rows = roads.flatMap(([name, family], row) => {
    const y = LABEL_HEIGHT + row * (CAMERA.height + GAP) + CAMERA.height / 2;
    return [
      text(8, y, name!, 'font-size="13" font-weight="bold"'),
      text(8, y + 18, family!, 'font-size="12" fill="#555"'),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${columns.join('')}${rows.join('')}</svg>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
