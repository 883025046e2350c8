/** Copies of what a camera has drawn, which stay as they are while it draws on; each is used again when it is given back. */
export class HeldTextures {
  readonly #device: GPUDevice;
  readonly #size: [width: number, height: number];
  readonly #all = new Set<GPUTexture>();
  readonly #free: GPUTexture[] = [];

  constructor(device: GPUDevice, width: number, height: number) {
    this.#device = device;
    this.#size = [width, height];
  }

  /** How many there are, held ones and free ones. */
  get count(): number {
    return this.#all.size;
  }

  /** @param source `rgba8unorm-srgb` of the size given at construction; copied as it is now */
  hold(source: GPUTexture): GPUTexture {
    const texture = this.#free.pop() ?? this.#make();
    const encoder = this.#device.createCommandEncoder();
    encoder.copyTextureToTexture({ texture: source }, { texture }, this.#size);
    this.#device.queue.submit([encoder.finish()]);
    return texture;
  }

  /** Gives a texture back. What was submitted before still reads what was in it. */
  release(texture: GPUTexture): void {
    if (this.#all.has(texture) && !this.#free.includes(texture)) this.#free.push(texture);
  }

  dispose(): void {
    for (const texture of this.#all) texture.destroy();
    this.#all.clear();
    this.#free.length = 0;
  }

  #make(): GPUTexture {
    const usage = GPUTextureUsage.COPY_DST | GPUTextureUsage.COPY_SRC;
    const texture = this.#device.createTexture({ size: this.#size, format: 'rgba8unorm-srgb', usage });
    this.#all.add(texture);
    return texture;
  }
}
