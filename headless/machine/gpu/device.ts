import { isSoftware, type ListedAdapter, listAdapters, requestAdapter } from './dawn.ts';
import type { AdapterSummary, DriverName, Gpu } from './gpu.ts';
import { renderingFault } from './self-test.ts';

/** Features that three or tfjs put to use when the device has them. */
const WANTED_FEATURES: GPUFeatureName[] = [
  'float32-filterable',
  'shader-f16',
  'subgroups' as GPUFeatureName,
  'timestamp-query',
  'core-features-and-limits' as GPUFeatureName,
];

/** Limits that are raised to what the adapter has: networks need larger buffers than the default of WebGPU. */
const RAISED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxTextureDimension2D',
] as const;

/** What became of one adapter. */
export interface Trial {
  readonly adapter: AdapterSummary;
  /** Why it is not used; undefined when it passed. */
  readonly fault?: string;
}

export interface DeviceOptions {
  /** Whether adapters on the processor are taken, refused, or the only ones taken. */
  readonly software: 'no' | 'yes' | 'only';
  readonly limits?: Readonly<Record<string, number>>;
  /** Dawn's own switches, e.g. `skip_validation`. */
  readonly toggles?: readonly string[];
}

/**
 * Tries every adapter that Dawn accepts with the drivers visible now, hardware before software and
 * SwiftShader, which computes slowest, last. A device that is not
 * wanted must be closed before the next is asked for.
 */
export async function* tryAdapters(
  driver: DriverName,
  options: DeviceOptions,
): AsyncGenerator<Trial & { readonly gpu?: Gpu }> {
  const toggles = options.toggles ?? [];
  const candidates: { listed: ListedAdapter; software: boolean; rank: number }[] = [];
  for (const listed of await listAdapters()) {
    const found = await requestAdapter(listed, toggles);
    if (!found) continue;
    const { info } = found.adapter;
    const software = isSoftware(info);
    candidates.push({ listed, software, rank: software ? (info.architecture === 'swiftshader' ? 2 : 1) : 0 });
  }
  candidates.sort((a, b) => a.rank - b.rank);
  for (const { listed, software } of candidates) {
    if (software ? options.software === 'no' : options.software === 'only') continue;
    // Asked for anew: an adapter gives only one device.
    const found = await requestAdapter(listed, toggles);
    if (!found) continue;
    const { info } = found.adapter;
    const adapter: AdapterSummary = {
      name: (software ? info.description : listed.name) || listed.name,
      vendor: info.vendor,
      architecture: info.architecture,
      backend: listed.backend,
      software,
      driver,
    };
    const opened = await tryDevice(found.adapter, options.limits ?? {});
    if (typeof opened === 'string') yield { adapter, fault: opened };
    else yield { adapter, gpu: createGpu(opened, adapter, found.instance) };
  }
}

/** The first adapter that passes; those that did not are added to `trials`. */
export async function openDevice(
  driver: DriverName,
  options: DeviceOptions,
  trials: Trial[] = [],
): Promise<Gpu | undefined> {
  for await (const { gpu, ...trial } of tryAdapters(driver, options)) {
    if (gpu) return gpu;
    trials.push(trial);
  }
  return undefined;
}

function createGpu(device: GPUDevice, adapter: AdapterSummary, owner: GPU): Gpu {
  // Dawn's instance must live as long as the device, and Node cannot exit before it is let go.
  let instance: GPU | undefined = owner;
  return {
    device,
    adapter,
    close() {
      if (!instance) return;
      device.destroy();
      instance = undefined;
    },
  };
}

async function tryDevice(adapter: GPUAdapter, limits: Readonly<Record<string, number>>): Promise<GPUDevice | string> {
  const raised: Record<string, number> = {};
  for (const name of RAISED_LIMITS) raised[name] = adapter.limits[name];
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: { ...raised, ...limits },
    });
  } catch (error) {
    return `gives no device: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
  const fault = await renderingFault(device);
  if (fault === undefined) return device;
  device.destroy();
  return `renders wrongly: ${fault}`;
}
