import type { BackendName } from '../../models/backend/open-backend.ts';
import { decodeModel } from '../../models/files/decode-model.ts';
import type { Network } from '../../models/network/network.ts';
import { createPolicy, type Policy } from '../../models/policy/policy.ts';
import { answerCalls } from '../../sim/calls/answer-calls.ts';
import type { Frame } from '../../sim/frame.ts';
import { openWorkerBackend } from './backend.ts';
import { PAGE } from './port.ts';

/** Holds one network and answers frames with commands, away from the page. */
let network: Network | null = null;
/** By the numbers that the page has given them. */
const policies = new Map<number, Policy>();

function policyOf(number: number): Policy {
  if (network === null) throw new Error('no model is open');
  const policy = policies.get(number) ?? createPolicy(network);
  policies.set(number, policy);
  return policy;
}

const calls = {
  /** @param reference for messages */
  async open({ files, reference }: { files: ReadonlyMap<string, Uint8Array>; reference: string }) {
    const { name } = await openWorkerBackend('auto');
    network = decodeModel(files, reference).network;
    const { spec } = network;
    // The first pass compiles kernels; the car should not wait for that on the road.
    const { width, height } = spec.input;
    const trial = createPolicy(network);
    await trial.step({ width, height, time: 0, pixels: new Uint8Array(width * height * 3) }, 0);
    trial.dispose();
    return { backend: name as BackendName, spec };
  },
  reset({ policy }: { policy: number }) {
    policyOf(policy).reset();
  },
  step({ policy, frame, speed }: { policy: number; frame: Frame; speed: number }) {
    return policyOf(policy).step(frame, speed);
  },
  dispose({ policy }: { policy: number }) {
    policies.get(policy)?.dispose();
    policies.delete(policy);
  },
};

export type DriverCalls = typeof calls;

answerCalls(PAGE, calls);
