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

/** Where a camera draws: a graphics device, and the size of its frames [px]. */
export interface DrawingSurface {
  readonly device: GPUDevice;
  readonly width: number;
  readonly height: number;
}

/** One camera image where it was drawn; nothing of it has visited the processor. */
export interface DrawnFrame extends DrawingSurface {
  /** As `Frame.time` [s]. */
  readonly time: number;
  /** `rgba8unorm-srgb` with the usage COPY_SRC; its bytes are those of the frame. Nobody draws over it before `release`. */
  readonly texture: GPUTexture;
  /** The same frame as bytes. */
  read(): Promise<Frame>;
  /** Gives the texture back: from then on it may be drawn over. */
  release(): void;
}

/** Name of a camera of the rig: `centre`, `left`, `right`, or one that a recording brings along. */
export type CameraName = string;
