import { Refusal } from '../../sim/refusal.ts';
import { badVideo } from './container.ts';
import { needWebCodecs, pixelsOf, type Video, videoInOrder } from './video.ts';

/** Main profile, level 3.1 and above are all decoded the same way; the stream itself says what it is. */
const CODEC = 'hev1.1.6.L120.90';
/** NAL unit types of ITU-T H.265, table 7-1. */
const LAST_SLICE = 31;
const FIRST_KEY = 16;
const LAST_KEY = 21;
const FIRST_PARAMETER_SET = 32;
const LAST_LEADING = 40;

/** One picture of a stream. */
interface AccessUnit {
  readonly start: number;
  readonly end: number;
  /** Decoding can begin here. */
  readonly key: boolean;
}

/**
 * Cuts an H.265 byte stream (ITU-T H.265, annex B) into pictures: a new one begins with the first parameter set or the
 * first slice (first_slice_segment_in_pic_flag) after the slices of the one before.
 */
export function accessUnits(stream: Uint8Array): AccessUnit[] {
  const units: AccessUnit[] = [];
  let start = -1;
  let sliced = false;
  let key = false;
  const close = (end: number): void => {
    if (start >= 0 && sliced) units.push({ start, end, key });
  };
  for (let i = stream.indexOf(1, 2); i >= 0 && i + 3 < stream.length; i = stream.indexOf(1, i + 1)) {
    if (stream[i - 1] !== 0 || stream[i - 2] !== 0) continue;
    const begin = stream[i - 3] === 0 ? i - 3 : i - 2;
    const type = (stream[i + 1]! >> 1) & 63;
    const slice = type <= LAST_SLICE;
    const firstSlice = slice && (stream[i + 3]! & 0x80) !== 0;
    const leading = type >= FIRST_PARAMETER_SET && type < LAST_LEADING;
    if (start < 0 || (sliced && (firstSlice || leading))) {
      close(begin);
      start = begin;
      sliced = false;
      key = false;
    }
    if (slice) {
      sliced = true;
      key ||= type >= FIRST_KEY && type <= LAST_KEY;
    }
  }
  close(stream.length);
  return units;
}

/**
 * Opens a raw H.265 stream without B pictures, such as comma's `video.hevc`.
 * @param stream the whole file
 * @param rate frames a second
 * @throws Refusal `bad-video`, `no-video-decoder`
 */
export async function openHevcStream(stream: Uint8Array, where: string, rate: number): Promise<Video> {
  const units = accessUnits(stream);
  if (!units[0]?.key) throw new Refusal('bad-video', where, 'this is no H.265 stream', 'restore the video');
  needWebCodecs(where);
  const framesFrom = async function* (index: number): AsyncGenerator<Uint8Array, void, void> {
    let key = index;
    while (key > 0 && !units[key]!.key) key--;
    const ready: VideoFrame[] = [];
    let failure: unknown;
    const decoder = new VideoDecoder({
      output: (frame) => ready.push(frame),
      error: (error) => {
        failure = error;
      },
    });
    try {
      decoder.configure({ codec: CODEC });
      let given = key;
      let out = key;
      for (;;) {
        while (ready.length === 0 && failure === undefined && given < units.length) {
          const { start, end, key: isKey } = units[given]!;
          const data = stream.subarray(start, end);
          const timestamp = Math.round((given * 1e6) / rate);
          decoder.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp, data }));
          given++;
          if (given === units.length) await decoder.flush();
          else if (decoder.decodeQueueSize > 4 || given % 8 === 0)
            await new Promise((resolve) => setTimeout(resolve, 0));
        }
        if (failure !== undefined) throw failure;
        const frame = ready.shift();
        if (frame === undefined) return;
        if (out++ < index) frame.close();
        else yield await pixelsOf(frame);
      }
    } catch (error) {
      throw badVideo(where, error);
    } finally {
      for (const frame of ready) frame.close();
      if (decoder.state !== 'closed') decoder.close();
    }
  };
  const size = await firstSize(stream, units[0], where);
  const times = Float64Array.from(units, (_, i) => i / rate);
  return videoInOrder({ ...size, times }, where, framesFrom);
}

async function firstSize(
  stream: Uint8Array,
  unit: AccessUnit,
  where: string,
): Promise<{ width: number; height: number }> {
  let size: { width: number; height: number } | undefined;
  let failure: unknown;
  const decoder = new VideoDecoder({
    output: (frame) => {
      size = { width: frame.displayWidth, height: frame.displayHeight };
      frame.close();
    },
    error: (error) => {
      failure = error;
    },
  });
  try {
    decoder.configure({ codec: CODEC });
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data: stream.subarray(unit.start, unit.end) }));
    await decoder.flush();
  } catch (error) {
    failure ??= error;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  if (size === undefined) throw badVideo(where, failure ?? new Error('it has no picture'));
  return size;
}
