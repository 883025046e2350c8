import type { TensorInfo } from '../../tf.ts';

/** What of tfjs' webgpu backend (4.22) lies behind its public face and is needed to run shaders of our own beside its. */
export interface WebgpuBackend {
  readonly device: GPUDevice;
  readonly commandQueueOwnedIds: WeakSet<object>;
  computePassEncoder: GPUComputePassEncoder | null;
  commandEncoder: GPUCommandEncoder | null;
  dispatchCountInPass: number;
  makeTensorInfo(shape: number[], dtype: 'float32'): TensorInfo;
  uploadToGPU(dataId: object): void;
  tensorToBinding(tensor: TensorInfo): GPUBindingResource;
  makeUniforms(uniforms: { type: 'int32' | 'float32'; data: number[] }[]): GPUBufferBinding;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  disposeData(dataId: object): boolean;
  incRef(dataId: object): void;
}

/** What a kernel of ours is called with. */
export interface WebgpuArguments<Attributes = unknown, Inputs = Record<string, TensorInfo>> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: WebgpuBackend;
}

/** One dispatch of a compute shader with the entry point `main`. */
export interface Dispatch {
  /** Names the shader: the same key means the same code. */
  readonly key: string;
  /**
   * WGSL; it binds `outputs`, then `inputs`, then (where `whole` or `real` are given) the uniforms to group 0, in order.
   * Called once a key.
   */
  code(): string;
  /** Fresh float32 tensors; never also inputs. */
  readonly outputs: readonly TensorInfo[];
  readonly inputs: readonly TensorInfo[];
  /** Up to four whole numbers: `vec4<i32>`. */
  readonly whole?: readonly number[];
  /** Real numbers in fours: `array<vec4<f32>, n>`. */
  readonly real?: readonly number[];
  readonly workgroups: readonly [number, number?, number?];
}

/** What a device had to say against a shader of ours, once it is known. */
const faults = new WeakMap<GPUDevice, string>();
const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/** More dispatches than this are not left waiting for one submit. */
const MOST_DISPATCHES = 1024;

/**
 * Records a dispatch behind those that tfjs has recorded; it is submitted with them.
 * @throws Error once the device has refused any of our shaders: what they should have computed is missing
 */
export function dispatch(backend: WebgpuBackend, what: Dispatch): void {
  const { outputs, inputs, whole, real, workgroups } = what;
  const fault = faults.get(backend.device);
  if (fault !== undefined) throw new Error(`${fault}; the stock kernels may do (webgpuKernels: 'stock')`);
  const pipeline = pipelineOf(backend.device, what);
  const tensors = [...outputs, ...inputs];
  for (const { dataId } of tensors) backend.uploadToGPU(dataId);
  const resources = tensors.map((tensor) => backend.tensorToBinding(tensor));
  if (whole !== undefined) {
    const data = [0, 1, 2, 3].map((i) => whole[i] ?? 0);
    resources.push(backend.makeUniforms([{ type: 'int32', data }]));
  } else if (real !== undefined) {
    const fours = Array.from({ length: Math.ceil(real.length / 4) }, (_, i) =>
      [0, 1, 2, 3].map((j) => real[4 * i + j] ?? 0),
    );
    resources.push(backend.makeUniforms(fours.map((data) => ({ type: 'float32', data }))));
  }
  const group = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: resources.map((resource, binding) => ({ binding, resource })),
  });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
  const pass = backend.computePassEncoder;
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(workgroups[0], workgroups[1] ?? 1, workgroups[2] ?? 1);
  // As long as they are under way, the buffers behind these must not be used for anything else.
  for (const { dataId } of tensors) backend.commandQueueOwnedIds.add(dataId);
  backend.dispatchCountInPass += 1;
  if (backend.dispatchCountInPass >= MOST_DISPATCHES) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

function pipelineOf(device: GPUDevice, { key, code }: Dispatch): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  let pipeline = known.get(key);
  if (pipeline === undefined) {
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label: key, code: code() });
    pipeline = device.createComputePipeline({ label: key, layout: 'auto', compute: { module, entryPoint: 'main' } });
    known.set(key, pipeline);
    void device.popErrorScope().then(
      (error) => error && faults.set(device, `this device refuses the shader ${key}: ${error.message}`),
      // A lost device answers no more; whoever uses it hears of that in other ways.
      () => undefined,
    );
  }
  return pipeline;
}

/** Declarations of the buffers of a shader, in the order of `Dispatch`: `[name, element type]`. */
export function declare(
  outputs: readonly (readonly [string, string])[],
  inputs: readonly (readonly [string, string])[],
  uniforms?: string,
): string {
  const lines = [
    ...outputs.map(([name, type]) => `var<storage, read_write> ${name}: array<${type}>;`),
    ...inputs.map(([name, type]) => `var<storage, read> ${name}: array<${type}>;`),
    ...(uniforms === undefined ? [] : [`var<uniform> u: ${uniforms};`]),
  ];
  return lines.map((line, binding) => `@group(0) @binding(${binding}) ${line}`).join('\n');
}

/** `count` times a text that depends on the turn: loops that are unrolled by writing them out. */
export function times(count: number, write: (turn: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, turn) => write(turn)).join(separator);
}

/** The largest divisor of `number` that is not above `most`. */
export function divisorUpTo(number: number, most: number): number {
  let divisor = Math.min(number, most);
  while (number % divisor !== 0) divisor -= 1;
  return divisor;
}

/** Largest number of workgroups along an axis that every WebGPU device accepts. */
export const MOST_WORKGROUPS = 65535;
