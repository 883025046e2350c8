import { FloatType, NearestFilter, NoColorSpace, RenderTarget, RGBAFormat } from 'three/webgpu';

/** What is true of each pixel of a frame, row by row from the top. */
export interface GroundTruth {
  readonly width: number;
  readonly height: number;
  /** `[height, width]`: 1 our lane, 2 other pavement, 0 all else, things that stand on the road included. */
  readonly lane: Uint8Array;
  /** `[height, width]` distance along the camera's axis [m]; infinite where there is sky. */
  readonly depth: Float32Array;
}

/** Bytes of a pixel of four floats, and what rows of a copy must be a multiple of in WebGPU. */
const PIXEL = 16;
const ROW_ALIGNMENT = 256;

/** Where truth is drawn to, and its way to the processor. */
export class TruthTarget {
  readonly target: RenderTarget;
  readonly #device: GPUDevice;

  constructor(device: GPUDevice, width: number, height: number) {
    this.#device = device;
    this.target = new RenderTarget(width, height, {
      type: FloatType,
      format: RGBAFormat,
      colorSpace: NoColorSpace,
      minFilter: NearestFilter,
      magFilter: NearestFilter,
      generateMipmaps: false,
    });
  }

  async read(texture: GPUTexture): Promise<GroundTruth> {
    const { width, height } = this.target;
    const stride = Math.ceil((width * PIXEL) / ROW_ALIGNMENT) * ROW_ALIGNMENT;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const buffer = this.#device.createBuffer({ size: stride * height, usage });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: stride }, [width, height]);
    this.#device.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(buffer.getMappedRange().slice(0));
    buffer.destroy();
    const lane = new Uint8Array(width * height);
    const depth = new Float32Array(width * height);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = (row * stride) / 4 + column * 4;
        const to = row * width + column;
        // The lane's value comes plus one; nothing was drawn where it is 0.
        const value = Math.round(values[from + 1]!);
        lane[to] = Math.max(0, value - 1);
        depth[to] = value === 0 ? Number.POSITIVE_INFINITY : values[from]!;
      }
    }
    return { width, height, lane, depth };
  }

  dispose(): void {
    this.target.dispose();
  }
}
