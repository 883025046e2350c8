import type { Frame } from '../../sim/frame.ts';

/** How to encode a frame. */
export type ImageEncoding =
  | { readonly type: 'jpeg' /** 1 to 100. */; readonly quality: number }
  | { readonly type: 'png' };

/** Turns encoded pictures into frames and back. Node uses sharp, a browser its own decoder. */
export interface ImageCodec {
  /**
   * Decodes a JPEG or PNG picture to RGB; an alpha channel is dropped, grey becomes RGB, orientation tags are ignored.
   * @param where file and place of the picture, for the refusal
   * @param time capture time of the frame [s]
   * @throws Refusal `bad-image` when the bytes are no whole picture
   */
  decode(bytes: Uint8Array, where: string, time: number): Promise<Frame>;
  /** Encodes a frame. */
  encode(frame: Frame, encoding: ImageEncoding): Promise<Uint8Array>;
}
