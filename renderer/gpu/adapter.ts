import { signal } from '@preact/signals';

/** What this browser can draw and compute with. */
export interface AdapterReport {
  readonly state: 'hardware' | 'software' | 'missing';
  /** What a person calls it, e.g. `nvidia ampere`. */
  readonly name: string;
  /** What it means and what to do about it; null when all is well. */
  readonly advice: string | null;
}

/** Null until the browser has been asked. */
export const adapter = signal<AdapterReport | null>(null);

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Puts an adapter's own words into a report. */
export function reportAdapter(
  info: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>,
  fallback: boolean,
): AdapterReport {
  const name =
    info.description || [info.vendor, info.architecture || info.device].filter(Boolean).join(' ') || 'unnamed adapter';
  const words = `${name} ${info.vendor} ${info.architecture} ${info.device}`;
  if (!fallback && !SOFTWARE.test(words)) return { state: 'hardware', name, advice: null };
  return {
    state: 'software',
    name,
    advice:
      'The processor draws the pictures, so they are slower and the quality is kept low. If this computer has a graphics card, switch on hardware acceleration in the browser’s settings (System) and update its driver.',
  };
}

/** Asks the browser for its adapter once. */
export async function probeAdapter(): Promise<void> {
  adapter.value = await ask();
}

async function ask(): Promise<AdapterReport> {
  const missing = (advice: string): AdapterReport => ({ state: 'missing', name: 'no WebGPU', advice });
  if (navigator.gpu === undefined) {
    return missing(
      'This browser has no WebGPU: the road is drawn with WebGL and networks run on the processor (wasm). Chrome or Edge 113 and later, Safari 26 and Firefox 141 on Windows have it; on Linux start Chrome with --enable-unsafe-webgpu --enable-features=Vulkan.',
    );
  }
  try {
    const found = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (found === null) {
      return missing(
        'WebGPU is there but found no adapter: the road is drawn with WebGL and networks run on the processor (wasm). Update the graphics driver; on Linux start Chrome with --enable-unsafe-webgpu --enable-features=Vulkan.',
      );
    }
    return reportAdapter(found.info, found.info.isFallbackAdapter);
  } catch (error) {
    return missing(
      `WebGPU failed to start (${String(error)}); networks run on the processor (wasm). Restart the browser.`,
    );
  }
}
