/** One camera image with its capture time. */
export interface Frame {
  /** Width [px]. */
  readonly width: number;
  /** Height [px]. */
  readonly height: number;
  /** Capture time on the world's clock, or since the start of a recording [s]. */
  readonly time: number;
  /** RGB, 8 bit, row-major, top row first: `[height, width, 3]`, length `height * width * 3`. */
  readonly pixels: Uint8Array;
}

/** Name of a camera of the rig: `centre`, `left`, `right`, or one that a recording brings along. */
export type CameraName = string;
