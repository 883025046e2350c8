import { create, globals } from 'webgpu';

/** An adapter as Dawn lists it. */
export interface ListedAdapter {
  readonly backend: string;
  readonly name: string;
}

/** `null` renders nothing, and the OpenGL backends lack parts of WebGPU that three and tfjs rely on. */
const UNUSABLE = new Set(['null', 'opengl', 'opengles', 'webgpu']);
const BACKEND_ORDER = ['metal', 'd3d12', 'vulkan', 'd3d11'];

/** three and tfjs read GPUBufferUsage and its like from the global object. */
export function installGlobals(): void {
  for (const [name, value] of Object.entries(globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

/**
 * Every adapter that Dawn accepts with the drivers visible now. Dawn has no call for it, but when asked for an adapter
 * that does not exist its error lists those that do.
 */
export async function listAdapters(): Promise<ListedAdapter[]> {
  let answer = '';
  try {
    await create(['adapter=(none of this name)']).requestAdapter();
  } catch (error) {
    answer = error instanceof Error ? error.message : String(error);
  }
  const listed: ListedAdapter[] = [];
  for (const [, backend, name] of answer.matchAll(/backend: '([^']*)', name: '(.*)'$/gm)) {
    const known = listed.some((other) => other.backend === backend && other.name === name);
    if (!known && !UNUSABLE.has(backend!)) listed.push({ backend: backend!, name: name! });
  }
  const rank = (adapter: ListedAdapter) => (BACKEND_ORDER.indexOf(adapter.backend) + 99) % 99;
  return listed.sort((a, b) => rank(a) - rank(b));
}

/** The adapter of that name with the Dawn instance that owns it; the instance must outlive the device. */
export async function requestAdapter(
  listed: ListedAdapter,
  toggles: readonly string[],
): Promise<{ instance: GPU; adapter: GPUAdapter } | undefined> {
  const features = toggles.length > 0 ? [`enable-dawn-features=${toggles.join(',')}`] : [];
  const instance = create([`backend=${listed.backend}`, `adapter=${listed.name}`, ...features]);
  try {
    const adapter = await instance.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ? { instance, adapter } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the adapter computes on the processor. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  return (
    (info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true ||
    /llvmpipe|lavapipe|swiftshader|software|basic render|\bWARP\b/i.test(
      `${info.description} ${info.device} ${info.architecture}`,
    )
  );
}
