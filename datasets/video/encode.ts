import {
  BufferTarget,
  canEncodeVideo,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  StreamTarget,
  type StreamTargetChunk,
  type Target,
  VideoSample,
  VideoSampleSource,
} from 'mediabunny';
import type { Frame } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { AppendHandle } from '../storage/storage.ts';

export interface VideoEncoding {
  /** Frames a second; frame k is shown at k / rate. */
  readonly rate: number;
  readonly container?: 'mp4' | 'mkv';
  /** Frames from one key frame to the next; few make random access quick. Default 2. */
  readonly keyFrameEvery?: number;
  /** Bits per pixel and frame. Default 0.6: hard to tell from the original. */
  readonly bitsPerPixel?: number;
}

/** An H.264 video that is being made. */
export interface VideoWriter<Result> {
  readonly frames: number;
  add(frame: Frame): Promise<void>;
  finish(): Promise<Result>;
  cancel(): Promise<void>;
}

/**
 * Starts a video in memory; its result is the whole file. Width and height are made even by repeating the last column and
 * row, as H.264 needs.
 * @throws Refusal `no-video-encoder`
 */
export async function startVideo(
  width: number,
  height: number,
  encoding: VideoEncoding,
): Promise<VideoWriter<Uint8Array>> {
  const target = new BufferTarget();
  const format = encoding.container === 'mkv' ? new MkvOutputFormat() : new Mp4OutputFormat();
  return start(width, height, encoding, format, target, async () => new Uint8Array(target.buffer!));
}

/**
 * Starts an MP4 video in a file, written as it comes; only the table of its frames is kept in memory until the end. The
 * file is closed at the end.
 * @param file an empty one that can be patched
 * @throws Refusal `no-video-encoder`
 */
export async function startVideoFile(
  width: number,
  height: number,
  encoding: Omit<VideoEncoding, 'container'>,
  file: AppendHandle,
): Promise<VideoWriter<void>> {
  const target = new StreamTarget(
    new WritableStream<StreamTargetChunk>({
      async write({ data, position }) {
        const behind = Math.max(0, file.size - position);
        if (behind > 0) await file.patch!(position, data.slice(0, behind));
        if (behind < data.length) await file.append(data.slice(behind));
      },
    }),
  );
  return start(width, height, encoding, new Mp4OutputFormat({ fastStart: false }), target, () => file.close());
}

async function start<Result>(
  width: number,
  height: number,
  encoding: VideoEncoding,
  format: OutputFormat,
  target: Target,
  finished: () => Promise<Result>,
): Promise<VideoWriter<Result>> {
  const { rate, keyFrameEvery = 2, bitsPerPixel = 0.6 } = encoding;
  const [w, h] = [width + (width % 2), height + (height % 2)];
  const bitrate = Math.max(100_000, Math.round(w * h * rate * bitsPerPixel));
  const able =
    typeof globalThis.VideoEncoder === 'function' && (await canEncodeVideo('avc', { width: w, height: h, bitrate }));
  if (!able) {
    const mend =
      'install the optional package @napi-rs/webcodecs (npm i @napi-rs/webcodecs), or choose a format with pictures';
    throw new Refusal('no-video-encoder', `${width}x${height} video`, 'videos cannot be encoded here', mend);
  }
  const output = new Output({ format, target });
  const source = new VideoSampleSource({ codec: 'avc', bitrate, keyFrameInterval: keyFrameEvery / rate });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  let frames = 0;
  return {
    get frames() {
      return frames;
    },
    async add(frame) {
      const rgbx = new Uint8Array(w * h * 4);
      for (let y = 0; y < h; y++) {
        for (let x = 0; x < w; x++) {
          const i = 3 * (Math.min(y, height - 1) * width + Math.min(x, width - 1));
          const o = 4 * (y * w + x);
          rgbx[o] = frame.pixels[i]!;
          rgbx[o + 1] = frame.pixels[i + 1]!;
          rgbx[o + 2] = frame.pixels[i + 2]!;
        }
      }
      const timestamp = frames++ / rate;
      const sample = new VideoSample(rgbx, {
        format: 'RGBX',
        codedWidth: w,
        codedHeight: h,
        timestamp,
        duration: 1 / rate,
      });
      await source.add(sample);
      sample.close();
    },
    async finish() {
      await output.finalize();
      return finished();
    },
    cancel: () => output.cancel(),
  };
}
