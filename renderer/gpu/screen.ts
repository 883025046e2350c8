import { type Camera, LinearFilter, RenderTarget, type Scene, SRGBColorSpace, type WebGPURenderer } from 'three/webgpu';
import { drawsWithWebGpu } from './renderer.ts';

/** A canvas that a renderer draws to. */
export interface Screen {
  /** Sets how many pixels are drawn; the page stretches them over the canvas. */
  resize(width: number, height: number): void;
  draw(scene: Scene, camera: Camera): void;
  dispose(): void;
}

/** The way from this renderer to its canvas that costs least. */
export function openScreen(renderer: WebGPURenderer, canvas: HTMLCanvasElement): Screen {
  return drawsWithWebGpu(renderer) ? new CopiedScreen(renderer, canvas) : new DirectScreen(renderer);
}

/**
 * Draws into a texture whose hardware encodes sRGB, and copies that to the canvas. Drawing to the canvas directly, three
 * draws into half floats first and encodes them in a pass of its own, which a software driver feels.
 */
class CopiedScreen implements Screen {
  readonly #renderer: WebGPURenderer;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: GPUCanvasContext;
  readonly #device: GPUDevice;
  #target: RenderTarget | null = null;

  constructor(renderer: WebGPURenderer, canvas: HTMLCanvasElement) {
    this.#renderer = renderer;
    this.#canvas = canvas;
    this.#device = (renderer.backend as unknown as { device: GPUDevice }).device;
    this.#context = canvas.getContext('webgpu') as GPUCanvasContext;
    this.#context.configure({
      device: this.#device,
      // What three's targets are made of, but for the encoding: that lets one be copied to the other.
      format: 'rgba8unorm',
      usage: GPUTextureUsage.COPY_DST | GPUTextureUsage.RENDER_ATTACHMENT,
      // What lies behind need not be drawn then.
      alphaMode: 'opaque',
    });
  }

  resize(width: number, height: number): void {
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#target?.dispose();
    this.#target = new RenderTarget(width, height, {
      colorSpace: SRGBColorSpace,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      generateMipmaps: false,
    });
  }

  draw(scene: Scene, camera: Camera): void {
    if (this.#target === null) return;
    const { width, height, texture } = this.#target;
    const previous = this.#renderer.getRenderTarget();
    this.#renderer.setRenderTarget(this.#target);
    this.#renderer.render(scene, camera);
    this.#renderer.setRenderTarget(previous);
    const backend = this.#renderer.backend as unknown as { get(object: object): { texture: GPUTexture } };
    const encoder = this.#device.createCommandEncoder();
    encoder.copyTextureToTexture(
      { texture: backend.get(texture).texture },
      { texture: this.#context.getCurrentTexture() },
      [width, height],
    );
    this.#device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    this.#target?.dispose();
    this.#context.unconfigure();
  }
}

/** Leaves it to three. */
class DirectScreen implements Screen {
  readonly #renderer: WebGPURenderer;

  constructor(renderer: WebGPURenderer) {
    this.#renderer = renderer;
    renderer.setPixelRatio(1);
  }

  resize(width: number, height: number): void {
    this.#renderer.setSize(width, height, false);
  }

  draw(scene: Scene, camera: Camera): void {
    this.#renderer.render(scene, camera);
  }

  dispose(): void {}
}
