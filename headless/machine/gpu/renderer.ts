import { type Camera, type Object3D, WebGPURenderer } from 'three/webgpu';
import type { Gpu } from './gpu.ts';

type RendererParameters = NonNullable<ConstructorParameters<typeof WebGPURenderer>[0]>;

/** three's renderer on our own device, without a DOM. It draws into render targets only; there is no canvas to show. */
class NodeRenderer extends WebGPURenderer {
  #nextFrame: ((time: number) => void) | undefined;
  #frames = 0;

  /** three counts frames by the browser's animation frames; here every drawing is one. */
  driveFrames(): void {
    const animation = (this as unknown as { _animation: { setContext(context: object): void } })._animation;
    animation.setContext({
      requestAnimationFrame: (callback: (time: number) => void) => {
        this.#nextFrame = callback;
        return 1;
      },
      cancelAnimationFrame: () => {
        this.#nextFrame = undefined;
      },
    });
  }

  override render(scene: Object3D, camera: Camera): void {
    this.#frames += 1;
    this.#nextFrame?.(this.#frames);
    super.render(scene, camera);
  }
}

/**
 * A three renderer that draws on this device in Node.
 * @throws Error when three cannot start on the device
 */
export async function createRenderer(gpu: Gpu): Promise<WebGPURenderer> {
  const renderer = new NodeRenderer({
    device: gpu.device,
    canvas: canvasStandIn(),
    antialias: false,
  } as unknown as RendererParameters);
  await renderer.init();
  renderer.driveFrames();
  return renderer;
}

/** three asks the canvas for its size, and for its context only when it draws to the canvas itself. */
function canvasStandIn(): object {
  return {
    width: 1,
    height: 1,
    style: {},
    addEventListener() {},
    removeEventListener() {},
    getContext() {
      throw new Error('there is no canvas here: draw into a render target');
    },
  };
}
