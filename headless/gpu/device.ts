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
 * Opens the first adapter that Dawn accepts with the drivers visible now and that passes the rendering test; hardware
 * goes before software.
 */
export async function openDevice(
  driver: DriverName,
  options: DeviceOptions,
  trials: Trial[] = [],
): Promise<Gpu | undefined> {
  const candidates: { listed: ListedAdapter; software: boolean }[] = [];
  for (const listed of await listAdapters()) {
    const found = await requestAdapter(listed, options.toggles ?? []);
    if (found) candidates.push({ listed, software: isSoftware(found.adapter.info) });
  }
  candidates.sort((a, b) => Number(a.software) - Number(b.software));
  for (const { listed, software } of candidates) {
    if (software ? options.software === 'no' : options.software === 'only') continue;
    // Asked for anew: an adapter gives only one device, and it keeps its Dawn instance busy while it lives.
    const found = await requestAdapter(listed, options.toggles ?? []);
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
    if (typeof opened === 'string') {
      trials.push({ adapter, fault: opened });
      continue;
    }
    trials.push({ adapter });
    let instance: GPU | undefined = found.instance;
    return {
      device: opened,
      adapter,
      close() {
        if (!instance) return;
        opened.destroy();
        instance = undefined;
      },
    };
  }
  return undefined;
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
