import type { Frame } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';

/** A video whose frames are asked for by number. */
export interface Video {
  readonly width: number;
  readonly height: number;
  /** Time of each frame in the video [s], ascending. */
  readonly times: Float64Array;
  /** Decodes a frame; quick in ascending order, else it starts again at the key frame before. */
  frame(index: number, time: number): Promise<Frame>;
  close(): Promise<void>;
}

/** Frames from one on, in order, until the caller stops. */
export type FramesFrom = (index: number) => AsyncGenerator<Uint8Array, void, void>;

/** Skipping ahead this far costs less than starting again. */
const SKIP = 32;
/** Frames that were passed are kept for a moment: neighbours are often asked for in another order. */
const KEPT = 16;

/** Turns decoding in order into frames by number. One decoder at a time; calls queue up. */
export function videoInOrder(
  about: { readonly width: number; readonly height: number; readonly times: Float64Array },
  where: string,
  framesFrom: FramesFrom,
): Video {
  const { width, height, times } = about;
  const kept = new Map<number, Uint8Array>();
  let running: AsyncGenerator<Uint8Array, void, void> | undefined;
  let next = 0;
  let last: Promise<unknown> = Promise.resolve();

  const stop = async (): Promise<void> => {
    await running?.return();
    running = undefined;
  };
  const decode = async (index: number): Promise<Uint8Array> => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    if (running === undefined || index < next || index > next + SKIP) {
      await stop();
      running = framesFrom(index);
      next = index;
    }
    for (;;) {
      const { value, done } = await running.next().catch((error) => {
        running = undefined;
        throw error;
      });
      if (done) {
        running = undefined;
        throw new Refusal('bad-video', `${where}: frame ${index}`, 'the video ends before it', 'restore the video');
      }
      kept.set(next, value);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      if (next++ === index) return value;
    }
  };
  const inOrder = <T>(job: () => Promise<T>): Promise<T> => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    ...about,
    async frame(index, time) {
      if (!(index >= 0 && index < times.length)) {
        throw new Refusal(
          'bad-video',
          `${where}: frame ${index}`,
          `the video has ${times.length} frames`,
          'restore it',
        );
      }
      const pixels = await inOrder(() => decode(index));
      return { width, height, time, pixels };
    },
    close: () => inOrder(stop),
  };
}

/** RGB from RGBX. */
export function dropFourth(rgbx: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgbx.length / 4) * 3);
  for (let i = 0, o = 0; i < rgbx.length; i += 4, o += 3) {
    rgb[o] = rgbx[i]!;
    rgb[o + 1] = rgbx[i + 1]!;
    rgb[o + 2] = rgbx[i + 2]!;
  }
  return rgb;
}

/** @throws Refusal when this machine has no WebCodecs */
export function needWebCodecs(where: string): void {
  if (typeof globalThis.VideoDecoder === 'function') return;
  throw new Refusal(
    'no-video-decoder',
    where,
    'videos cannot be decoded here',
    'install the optional package @napi-rs/webcodecs (npm i @napi-rs/webcodecs), or use a browser',
  );
}

/** The pixels of a decoded frame as RGB; closes the frame. */
export async function pixelsOf(frame: VideoFrame): Promise<Uint8Array> {
  try {
    const rgbx = new Uint8Array(frame.allocationSize({ format: 'RGBX' }));
    await frame.copyTo(rgbx, { format: 'RGBX' });
    return dropFourth(rgbx);
  } finally {
    frame.close();
  }
}
