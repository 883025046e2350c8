/**
 * tfjs refuses to make its webgpu backend, even on a device that it is given, unless it finds itself in a window or a
 * worker with a `navigator.gpu`. For as long as `start` runs, Node looks like such a worker.
 */
export async function asWebGpuWorker<T>(start: () => Promise<T>): Promise<T> {
  const before = ['WorkerGlobalScope', 'navigator'].map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name] of before) {
    Object.defineProperty(globalThis, name, { value: { gpu: {} }, configurable: true, writable: true });
  }
  try {
    return await start();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  }
}
