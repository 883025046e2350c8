import { Refusal } from '../../sim/refusal.ts';
import { onlySamples } from './only-samples.ts';
import type { Recording } from './recording.ts';

/** A sample with a picture that cannot be decoded. */
export interface BadPicture {
  readonly index: number;
  /** File and fault, for people. */
  readonly reason: string;
}

/** Samples that are looked at at a time: enough to keep a decoder with threads of its own busy. */
const AT_A_TIME = 16;

/** Decodes every picture of a recording. @returns the samples of which one cannot be decoded, in order */
export async function findBadPictures(recording: Recording): Promise<BadPicture[]> {
  const bad: BadPicture[] = [];
  const cameras = Object.values(recording.cameras);
  const look = async (index: number): Promise<BadPicture | undefined> => {
    try {
      for (const camera of cameras) if (camera.has(index)) await camera.load(index);
      return undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { index, reason: error.message };
    }
  };
  for (let from = 0; from < recording.length; from += AT_A_TIME) {
    const length = Math.min(AT_A_TIME, recording.length - from);
    const found = await Promise.all(Array.from({ length }, (_, i) => look(from + i)));
    for (const one of found) if (one !== undefined) bad.push(one);
  }
  return bad;
}

/**
 * A recording without the samples of which a picture cannot be decoded; each is a gap, and listed in `skipped`.
 * @param known the numbers of these samples where they are known already, so that nothing is decoded; they are not listed again
 * @throws Refusal `bad-recording` when no sample would be left
 */
export async function withoutBadPictures(recording: Recording, known?: readonly number[]): Promise<Recording> {
  const found = known === undefined ? await findBadPictures(recording) : [];
  const badPictures = known ?? found.map(({ index }) => index);
  if (badPictures.length === 0) return recording;
  const reasons = found.map(({ reason }) => reason);
  if (badPictures.length >= recording.length) {
    const what = `no sample has a picture that can be decoded${reasons[0] === undefined ? '' : `, the first: ${reasons[0]}`}`;
    throw new Refusal('bad-recording', recording.metadata.name, what, 'restore the pictures');
  }
  const bad = new Set(badPictures);
  const left = Int32Array.from({ length: recording.length - bad.size }, () => 0);
  for (let index = 0, count = 0; index < recording.length; index++) if (!bad.has(index)) left[count++] = index;
  return { ...onlySamples(recording, left), badPictures, skipped: [...recording.skipped, ...reasons] };
}
