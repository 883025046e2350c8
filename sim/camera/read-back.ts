/** Rows of a texture copy start at multiples of this in WebGPU [byte]. */
const ROW_ALIGNMENT = 256;

interface Staging {
  readonly buffer: GPUBuffer;
  busy: boolean;
}

/** Bytes from one row to the next in a copy of a texture of this width, 4 bytes a pixel. */
export function rowStride(width: number): number {
  return Math.ceil((width * 4) / ROW_ALIGNMENT) * ROW_ALIGNMENT;
}

/**
 * Brings frames from the GPU to the processor through staging buffers of its own, which are used again and again; several
 * frames may be under way at once.
 */
export class ReadBack {
  readonly #device: GPUDevice;
  readonly #width: number;
  readonly #height: number;
  readonly #stagings: Staging[] = [];
  #disposed = false;

  constructor(device: GPUDevice, width: number, height: number) {
    this.#device = device;
    this.#width = width;
    this.#height = height;
  }

  /**
   * @param texture `rgba8unorm` or `rgba8unorm-srgb` of the size given at construction; copied as it is now
   * @returns RGB bytes as stored, top row first: `[height, width, 3]`
   */
  async read(texture: GPUTexture): Promise<Uint8Array> {
    if (this.#disposed) throw new Error('this camera was disposed of');
    const stride = rowStride(this.#width);
    const staging = this.#take(stride * this.#height);
    try {
      const encoder = this.#device.createCommandEncoder();
      encoder.copyTextureToBuffer({ texture }, { buffer: staging.buffer, bytesPerRow: stride }, [
        this.#width,
        this.#height,
      ]);
      this.#device.queue.submit([encoder.finish()]);
      await staging.buffer.mapAsync(GPUMapMode.READ);
      const pixels = dropAlpha(staging.buffer.getMappedRange(), this.#width, this.#height, stride);
      staging.buffer.unmap();
      return pixels;
    } finally {
      staging.busy = false;
      if (this.#disposed) staging.buffer.destroy();
    }
  }

  #take(size: number): Staging {
    let staging = this.#stagings.find((candidate) => !candidate.busy);
    if (!staging) {
      const buffer = this.#device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
      staging = { buffer, busy: false };
      this.#stagings.push(staging);
    }
    staging.busy = true;
    return staging;
  }

  dispose(): void {
    this.#disposed = true;
    for (const staging of this.#stagings) if (!staging.busy) staging.buffer.destroy();
  }
}

/** RGBA rows with padding → packed RGB. */
function dropAlpha(source: ArrayBuffer, width: number, height: number, stride: number): Uint8Array {
  // Copied out in one go first: single reads from mapped memory are slow.
  const bytes = new Uint8Array(source).slice();
  const pixels = new Uint8Array(width * height * 3);
  let to = 0;
  for (let row = 0; row < height; row++) {
    let from = row * stride;
    for (let column = 0; column < width; column++) {
      pixels[to] = bytes[from]!;
      pixels[to + 1] = bytes[from + 1]!;
      pixels[to + 2] = bytes[from + 2]!;
      to += 3;
      from += 4;
    }
  }
  return pixels;
}
