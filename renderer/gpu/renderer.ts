import { WebGPURenderer } from 'three/webgpu';

/** What of three's renderer lies behind its public face. */
interface BackendFace {
  readonly isWebGPUBackend?: boolean;
  readonly device?: GPUDevice;
}

/**
 * A renderer for this canvas: WebGPU where the browser has it, WebGL 2 otherwise.
 * @throws Error when the browser has neither
 */
export async function openRenderer(canvas: HTMLCanvasElement): Promise<WebGPURenderer> {
  const renderer = new WebGPURenderer({ canvas, antialias: false, powerPreference: 'high-performance' });
  await renderer.init();
  return renderer;
}

/** Whether it draws through WebGPU, which the car's own camera needs. */
export function drawsWithWebGpu(renderer: WebGPURenderer): boolean {
  return (renderer.backend as BackendFace).isWebGPUBackend === true;
}

/** Tells when the device is lost; never when it draws with WebGL. */
export function onDeviceLost(renderer: WebGPURenderer, tell: (reason: string) => void): void {
  const { device } = renderer.backend as BackendFace;
  void device?.lost.then((info) => {
    if (info.reason !== 'destroyed') tell(info.message || 'the graphics driver gave no reason');
  });
}
