import { decodeModel } from '../../models/files/decode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../models/files/model-format.ts';
import type { Network } from '../../models/network/network.ts';
import { createPolicy, type Policy } from '../../models/policy/policy.ts';
import { answerCalls } from '../../sim/calls/answer-calls.ts';
import type { Frame } from '../../sim/frame.ts';
import { host } from '../host/host.ts';
import { openWorkerBackend } from './backend.ts';
import { PAGE } from './port.ts';

/** Holds one model and answers frames with commands, away from the page. */
let network: Network | null = null;
let policy: Policy | null = null;

const calls = {
  async open({ model, backend }: { model: string; backend: 'auto' | 'wasm' | 'webgpu' | 'cpu' }) {
    const storage = host.files('models', model);
    const files = new Map<string, Uint8Array>();
    for (const name of [MODEL_FILE, WEIGHTS_FILE]) files.set(name, await storage.read(name));
    const opened = await openWorkerBackend(backend);
    policy?.dispose();
    network?.dispose();
    network = decodeModel(files, model).network;
    policy = createPolicy(network);
    // The first pass compiles kernels; the car should not wait for that on the road.
    const { width, height } = network.spec.input;
    await policy.step({ width, height, time: 0, pixels: new Uint8Array(width * height * 3) }, 0);
    policy.reset();
    return { ...opened, input: network.spec.input };
  },
  reset() {
    policy?.reset();
  },
  step({ frame, speed }: { frame: Frame; speed: number }) {
    if (policy === null) throw new Error('no model is open');
    return policy.step(frame, speed);
  },
};

export type DriverCalls = typeof calls;

answerCalls(PAGE, calls);
