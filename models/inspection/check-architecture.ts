import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import { type Check, type CheckReport, runChecks } from '../../sim/check-report.ts';
import { createStream } from '../../sim/random/stream.ts';
import { randomBatch } from '../bench/random-batch.ts';
import { decodeModel } from '../files/decode-model.ts';
import { encodeModel } from '../files/encode-model.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import { createPolicy } from '../policy/policy.ts';
import type { InputSpec, ModelSpec } from '../spec.ts';
import * as tf from '../tf.ts';
import { loss, lossTargets } from '../training/loss.ts';
import { trainingOptions } from '../training/options.ts';
import { trainableOf } from '../training/step.ts';
import type { Architecture } from '../zoo/architecture.ts';
import { type Architectures, createNetwork, createSpec, planNetwork } from '../zoo/zoo.ts';
import { checkGradients } from './gradient-check.ts';
import { overfitTinyBatch } from './overfit.ts';
import { syntheticWindows } from './synthetic-windows.ts';

/** Frames in a window of the checks. */
const TIME = 5;
/** Largest difference of streamed and windowed outputs, in the network's own scale; sums are taken in another order. */
const STREAMED = 1e-5;

export interface CheckArchitectureOptions {
  /** Options of the network; small and smooth ones (`tanh`) make finite differences exact. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Input, where it is not to be 48 × 32 pixels. */
  readonly input?: Partial<InputSpec>;
  /** Largest relative error of a gradient. Default 0.05: a kink of a ReLU may be near. */
  readonly tolerance?: number;
  /** Windows and frames in each that gradients are taken over: pooling has a kink wherever two pixels are equal. */
  readonly gradientsOver?: readonly [windows: number, time: number];
  /** Of the check that it learns by heart. Default 0.005. */
  readonly learningRate?: number;
  /** Steps that it may take for it. Default 800. */
  readonly steps?: number;
}

/**
 * Checks a network of one's own: that it can be made, that its gradients agree with finite differences, that it learns two
 * windows by heart, that it says frame by frame what it says of a whole window, that it is the same when saved and opened
 * again, and that no tensor is left. The backend must be open.
 */
export async function checkArchitecture(
  architecture: Architecture,
  options: CheckArchitectureOptions = {},
): Promise<CheckReport> {
  const known: Architectures = [architecture];
  const tensors = tf.memory().numTensors;
  let network: Network | undefined;
  const made = (): Network => {
    if (network === undefined) throw new Error('not looked at, because it cannot be made');
    return network;
  };
  const checks: Check[] = [
    {
      name: 'made',
      mend: 'make every layer through the store that `build` is given, the same ones for the same options',
      run() {
        network = makeNetwork(architecture, options, known);
        return `${network.parameters} parameters, ${network.multiplyAdds} multiply-adds a frame`;
      },
    },
    {
      name: 'outputs',
      mend: '`apply` must give `[batch, time, 3]` of finite numbers, and the state after the last frame',
      run: () => checkOutputs(made()),
    },
    {
      name: 'gradients',
      mend: 'compute with operations that have gradients, or give a correct one with tf.customGrad',
      run: () => checkNetworkGradients(made(), options),
    },
    {
      name: 'learns',
      mend: 'look for a layer that is cut off from the outputs or saturates; or pass another learningRate',
      run: () => checkLearning(made(), options),
    },
    {
      name: 'streams',
      mend: 'carry all that is known of earlier frames in the state; what needs the future says so in `cannotDrive`',
      run: () => (architecture.cannotDrive ? 'not tried: it cannot drive' : checkStreaming(made(), known)),
    },
    {
      name: 'saved',
      mend: 'keep every learnable number in a variable of the store, under a stable name',
      run: () => checkSaving(made(), known),
    },
    {
      name: 'leaves-nothing',
      mend: 'compute in tf.tidy, and dispose of what is kept',
      run() {
        network?.dispose();
        const left = tf.memory().numTensors - tensors;
        if (left !== 0) throw new Error(`${left} tensors are left`);
        return 'no tensor is left';
      },
    },
  ];
  return runChecks(architecture.name, checks);
}

function makeNetwork(
  { name, summary, source }: Architecture,
  { options = {}, input }: CheckArchitectureOptions,
  known: Architectures,
): Network {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no stable name`);
  if (summary === '' || source === '') throw new Error('it does not say what it is, or where it comes from');
  const spec = createSpec(name, { options, input: { width: 48, height: 32, ...input, time: TIME } }, known);
  const { parameters, plans } = planNetwork(spec, known);
  const network = createNetwork(spec, 3, known);
  const planned = plans.map((plan) => `${plan.name} ${plan.shape}`);
  const there = [...network.variables].map(([variable, { shape }]) => `${variable} ${shape}`);
  if (`${planned}` !== `${there}` || network.parameters !== parameters) {
    network.dispose();
    throw new Error('it has other variables than were planned');
  }
  return network;
}

async function checkOutputs(network: Network): Promise<string> {
  const { frames } = await windowsFor(network.spec, 2).load([0, 1]);
  const { shape, finite } = tf.tidy(() => {
    const speed = tf.zeros([2, TIME]) as tf.Tensor2D;
    const { outputs } = network.apply(frameTensor(frames, 2, TIME, network.spec.input), { training: false, speed });
    return { shape: outputs.shape, finite: outputs.dataSync().every(Number.isFinite) };
  });
  if (`${shape}` !== `${[2, TIME, 3]}`) throw new Error(`two windows of ${TIME} frames give [${shape}]`);
  if (!finite) throw new Error('it gives numbers that are not finite');
  return `[${shape}] of two windows`;
}

async function checkNetworkGradients(network: Network, options: CheckArchitectureOptions): Promise<string> {
  const { tolerance = 0.05, gradientsOver: [windows, time] = [2, TIME] } = options;
  const { spec } = network;
  const batch = slopes(randomBatch(spec.input, windows, time), spec.input.width);
  const settings = trainingOptions({ loss: 'mse' });
  const random = createStream(1, 'speed');
  const frames = frameTensor(batch.frames, windows, time, spec.input);
  const speed = tf.tensor2d(
    Float32Array.from({ length: windows * time }, () => random.uniform(0, 20)),
    [windows, time],
  );
  const targets = lossTargets(batch, spec.outputs, settings);
  // With the running averages: batch statistics of a tiny batch are too steep for finite differences.
  const value = () => loss(network.apply(frames, { training: false, speed }).outputs, targets, settings);
  try {
    const checks = await checkGradients(value, trainableOf(network));
    const worst = checks.reduce((most, check) => (check.relativeError <= most.relativeError ? most : check));
    if (!(worst.relativeError < tolerance)) {
      throw new Error(
        `the gradient of ${worst.variable} is ${worst.analytic}, and finite differences say ${worst.numeric}`,
      );
    }
    return `${checks.length} variables, the worst off by ${worst.relativeError.toExponential(1)}`;
  } finally {
    tf.dispose([frames, speed]);
  }
}

/** Pictures of steep slopes: where pixels are nearly equal, a small step changes which of them pooling takes. */
function slopes(batch: WindowBatch, width: number): WindowBatch {
  for (const i of batch.frames.keys()) {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    batch.frames[i] = (9 * x + 14 * y + 30 * channel) % 251;
  }
  return batch;
}

async function checkLearning(
  network: Network,
  { learningRate, steps = 800 }: CheckArchitectureOptions,
): Promise<string> {
  const given = { steps, ...(learningRate !== undefined && { learningRate }) };
  const {
    before,
    after,
    steps: taken,
    passed,
  } = await overfitTinyBatch(network, windowsFor(network.spec, 6), [0, 1], given);
  const words = `the loss of two windows went from ${before.toPrecision(3)} to ${after.toPrecision(3)} in ${taken} steps`;
  if (!passed) throw new Error(words);
  return words;
}

async function checkStreaming(network: Network, known: Architectures): Promise<string> {
  const { input, outputs: heads } = network.spec;
  const { width, height } = input;
  const { frames } = await windowsFor(network.spec, 4).load([0]);
  const speeds = Array.from({ length: TIME }, (_, t) => 5 + t);
  const whole = tf.tidy(() => {
    const speed = tf.tensor2d(speeds, [1, TIME]);
    return network
      .apply(frameTensor(frames, 1, TIME, input), { training: false, speed })
      .outputs.dataSync()
      .slice();
  });
  const policy = createPolicy(network, known);
  try {
    for (const [t, speed] of speeds.entries()) {
      const size = width * height * 3;
      const pixels = frames.subarray(t * size, (t + 1) * size);
      const command = await policy.step({ width, height, time: t / input.rate, pixels }, speed);
      for (const [i, { name, scale, offset }] of heads.entries()) {
        const windowed = whole[t * 3 + i]! * scale + offset;
        const expected = name === 'speed' ? Math.max(0, windowed) : windowed;
        if (Math.abs(command[name] - expected) < STREAMED * scale) continue;
        throw new Error(`at frame ${t} ${name} is ${command[name]}, and ${expected} in the whole window`);
      }
    }
  } finally {
    policy.dispose();
  }
  return `${TIME} frames one by one give what their window gives`;
}

async function checkSaving(network: Network, known: Architectures): Promise<string> {
  const saved = await encodeModel(network);
  const { network: opened } = decodeModel(saved, network.spec.architecture, known);
  const again = await encodeModel(opened);
  opened.dispose();
  for (const [file, bytes] of saved) {
    const other = again.get(file)!;
    const isSame = bytes.length === other.length && bytes.every((byte, i) => byte === other[i]);
    if (!isSame) throw new Error(`${file} is not the same when it is saved, opened and saved again`);
  }
  return 'saved, opened and saved again: the same bytes';
}

function windowsFor({ input: { width, height } }: ModelSpec, seed: number) {
  return syntheticWindows({ windows: 2, time: TIME, height, width, seed });
}
