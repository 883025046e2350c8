import { env } from '../../tf.ts';
import type { WebgpuBackend } from './runner.ts';

const watched = new WeakSet<WebgpuBackend>();

/**
 * Lets the backend submit once for everything that is recorded in one go (a training step, a driving step) rather than
 * after every 15 dispatches: each submit costs a driver, a software one most of all. What is still waiting when the
 * running code gives way goes to the device then, so that nothing waits for a read.
 */
export function submitOnce(backend: WebgpuBackend): void {
  if (watched.has(backend)) return;
  watched.add(backend);
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1024);
  const before = backend.ensureCommandEncoderReady.bind(backend);
  backend.ensureCommandEncoderReady = () => {
    if (backend.commandEncoder === null) {
      queueMicrotask(() => {
        if (backend.commandEncoder === null) return;
        backend.endComputePassEncoder();
        backend.submitQueue();
      });
    }
    before();
  };
}
