import {
  BufferTarget,
  canEncodeVideo,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
} from 'mediabunny';
import type { Frame } from '../../sim/frame.ts';
import { Refusal } from '../../sim/refusal.ts';

export interface VideoEncoding {
  /** Frames a second; frame k is shown at k / rate. */
  readonly rate: number;
  readonly container?: 'mp4' | 'mkv';
  /** Frames from one key frame to the next; few make random access quick. Default 2. */
  readonly keyFrameEvery?: number;
  /** Bits per pixel and frame. Default 0.6: hard to tell from the original. */
  readonly bitsPerPixel?: number;
}

/** Collects frames into an H.264 video in memory. */
export interface VideoWriter {
  readonly frames: number;
  add(frame: Frame): Promise<void>;
  /** The whole file. */
  finish(): Promise<Uint8Array>;
  cancel(): Promise<void>;
}

/**
 * Starts a video. Width and height are made even by repeating the last column and row, as H.264 needs.
 * @throws Refusal `no-video-encoder`
 */
export async function startVideo(width: number, height: number, encoding: VideoEncoding): Promise<VideoWriter> {
  const { rate, container = 'mp4', keyFrameEvery = 2, bitsPerPixel = 0.6 } = encoding;
  const [w, h] = [width + (width % 2), height + (height % 2)];
  const bitrate = Math.max(100_000, Math.round(w * h * rate * bitsPerPixel));
  const able =
    typeof globalThis.VideoEncoder === 'function' && (await canEncodeVideo('avc', { width: w, height: h, bitrate }));
  if (!able) {
    const mend =
      'install the optional package @napi-rs/webcodecs (npm i @napi-rs/webcodecs), or choose a format with pictures';
    throw new Refusal('no-video-encoder', `${width}x${height} video`, 'videos cannot be encoded here', mend);
  }
  const target = new BufferTarget();
  const output = new Output({ format: container === 'mp4' ? new Mp4OutputFormat() : new MkvOutputFormat(), target });
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
      return new Uint8Array(target.buffer!);
    },
    cancel: () => output.cancel(),
  };
}
