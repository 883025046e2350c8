import type { EncodedFrame, Recording } from '../recording/recording.ts';
import { JPEG_QUALITY, type PictureChoice } from './samples.ts';

/** Times that are less apart are the same to every reader [s]. */
const SAME_TIME = 1e-6;

/** How the pictures of a camera are stored, by its first one; `frames` has no bytes of its own, as in a video. */
export interface StoredKind {
  readonly camera: string;
  readonly type: EncodedFrame['type'] | 'frames';
}

/** How the pictures of each camera are stored. */
export async function storedKinds(recording: Recording): Promise<StoredKind[]> {
  const kinds: StoredKind[] = [];
  for (const [camera, { has, encoded }] of Object.entries(recording.cameras)) {
    const kind = encoded === undefined ? 'frames' : await firstKind(recording.length, has, encoded);
    if (kind !== undefined) kinds.push({ camera, type: kind });
  }
  return kinds;
}

async function firstKind(
  length: number,
  has: (index: number) => boolean,
  encoded: (index: number) => Promise<EncodedFrame>,
): Promise<EncodedFrame['type'] | undefined> {
  for (let index = 0; index < length; index++) {
    if (!has(index)) continue;
    // A picture that cannot be read says nothing, and is told of where it is copied.
    const picture = await encoded(index).catch(() => undefined);
    if (picture !== undefined && picture.bytes.length > 0) return picture.type;
  }
  return undefined;
}

/** Cameras whose pictures are encoded anew and not exactly the same thereafter, one line each. */
export async function pictureLosses(recording: Recording, { keep, encodeAs }: PictureChoice): Promise<string[]> {
  if (encodeAs === 'png') return [];
  const words = { jpeg: 'JPEG', png: 'PNG', raw: 'raw pixels', frames: 'a video or raw pixels' };
  return (await storedKinds(recording))
    .filter(({ type }) => type === 'frames' || !keep.includes(type))
    .map(({ camera, type }) => `pictures of ${camera}: from ${words[type]} to JPEG (quality ${JPEG_QUALITY})`);
}

/** Columns with data that a format has no place for. */
export function lostColumns(recording: Recording, kept: readonly string[]): string[] {
  return Object.keys(recording.columns).filter((name) => !kept.includes(name));
}

/** Counts the samples whose times a format does not keep. */
export class TimeLosses {
  #moved = 0;
  #most = 0;

  /** @param own time of a sample since the first [s] @param written what the format says of it [s] */
  add(own: number, written: number): void {
    const by = Math.abs(written - own);
    if (!(by > SAME_TIME)) return;
    this.#moved++;
    this.#most = Math.max(this.#most, by);
  }

  /** @param why what the format does to times */
  lines(why: string): string[] {
    if (this.#moved === 0) return [];
    const most = this.#most < 1 ? `${Number((1000 * this.#most).toPrecision(2))} ms` : `${this.#most.toFixed(1)} s`;
    return [`time: changed for ${this.#moved} samples, by up to ${most} (${why})`];
  }
}

/** Columns that a format must have and the recording does not, or not everywhere. */
export function inventedValues(recording: Recording, columns: readonly string[]): string[] {
  return columns.flatMap((name) => {
    const column = recording.columns[name];
    const missing = column === undefined ? recording.length : column.filter(Number.isNaN).length;
    return missing === 0 ? [] : [`${name}: written as 0 for ${missing} samples that have none`];
  });
}
