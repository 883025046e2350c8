/** Which Vulkan driver stands behind a device, in words: `system`, `SwiftShader (npm)`, `SwiftShader (/usr/lib/chromium)`, … */
export type DriverName = string;

/** What is known about the adapter in use. */
export interface AdapterSummary {
  /** e.g. `NVIDIA GeForce RTX 3060`, `llvmpipe: Mesa 25.0.7 (LLVM 15.0.6)`, `SwiftShader driver 5.0.0`. */
  readonly name: string;
  /** e.g. `nvidia`, `mesa`, `google`. */
  readonly vendor: string;
  /** e.g. `ampere`, `software`, `swiftshader`. */
  readonly architecture: string;
  /** `vulkan`, `metal`, `d3d12`, … */
  readonly backend: string;
  /** The adapter computes on the processor. */
  readonly software: boolean;
  readonly driver: DriverName;
}

/** A device in Node, tested to render. */
export interface Gpu {
  readonly device: GPUDevice;
  readonly adapter: AdapterSummary;
  /** Destroys the device and lets Node exit. */
  close(): void;
}

/** One line for people; software rendering is always named as such. */
export function describeAdapter(adapter: AdapterSummary): string {
  return `${adapter.name} (${adapter.backend}, ${adapter.software ? 'software rendering' : 'hardware'}, driver: ${adapter.driver})`;
}
