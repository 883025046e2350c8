/**
 * `npm run bench`: how quick the world and the networks are on this machine, as ratios within one run. `-- --slow` adds
 * rows that take minutes on a software adapter.
 */
import * as tf from '@tensorflow/tfjs-core';
import { timeConvolutionKernels } from '../../models/bench/convolution-kernels.ts';
import { timeDrivingStep } from '../../models/bench/driving-step.ts';
import { referenceSpec } from '../../models/bench/networks.ts';
import { timeTrainingStep } from '../../models/bench/training-step.ts';
import { useWebgpuKernels } from '../../models/kernels/webgpu/register.ts';
import { createSpec } from '../../models/zoo/zoo.ts';
import { Output } from '../cli/output.ts';
import { openDriver } from '../drivers/open-driver.ts';
import { openComputing } from '../models/open-computing.ts';
import { timePyTorch } from './pytorch.ts';
import { timeStreaming } from './streaming.ts';
import { timeWorld } from './world.ts';

const slow = process.argv.includes('--slow');
const output = new Output();
const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1);

const opened = await openDriver('default', { backend: 'wasm' });
output.line(`frames by ${opened.adapter}`);
output.line();

const world = await timeWorld(opened);
output.table({
  head: ['world, 160x64, standard quality', 'a second', 'x real time'],
  rows: [
    ['render and read back', world.renderRate.toFixed(0), world.renderRealTime.toFixed(1)],
    ['closed loop, default model on wasm', world.loopRate.toFixed(0), world.loopRealTime.toFixed(1)],
  ],
  align: ['left', 'right', 'right'],
});
output.line();

const python = timePyTorch();
const mark = python?.threads['1'];
const ratio = (value: number) => (mark === undefined ? '-' : (value / mark).toFixed(2));
const rows: (string | number)[][] = [];
const reference = referenceSpec();
const long = createSpec('cnn-lstm', { input: { time: 20 } });
for (const backend of slow ? (['wasm', 'webgpu'] as const) : (['wasm'] as const)) {
  await openComputing(backend, opened.cameras?.gpu);
  const what = 'training step, reference network, 4 x 5 frames';
  if (backend === 'webgpu') {
    useWebgpuKernels('stock');
    const stock = (await timeTrainingStep(reference, 4, 5)).median;
    rows.push([`${backend}, stock tfjs kernels`, what, ms(stock), ratio(stock)]);
    useWebgpuKernels('ours');
  }
  const training = await timeTrainingStep(reference, 4, 5);
  rows.push([backend, what, ms(training.median), ratio(training.median)]);
  const large = await timeTrainingStep(long, 16, 20);
  rows.push([backend, 'training step, default network, 16 x 20 frames', ms(large.median), '-']);
  for (const [name, spec] of [
    ['reference', reference],
    ['default', createSpec('cnn-lstm')],
  ] as const) {
    rows.push([backend, `driving step, ${name} network`, ms((await timeDrivingStep(spec)).median), '-']);
  }
}
for (const [threads, time] of Object.entries(python?.threads ?? {})) {
  rows.push([
    `PyTorch ${python!.version}`,
    `training step, reference network, ${threads} threads`,
    ms(time),
    ratio(time),
  ]);
}
output.table({
  head: ['backend', 'what', 'ms', 'x PyTorch on 1 thread'],
  rows,
  align: ['left', 'left', 'right', 'right'],
});
if (!python)
  output.line('PyTorch is not installed (apt-get install python3-torch), so there is nothing to compare with.');
output.line();

await openComputing('wasm');
const kernels = await timeConvolutionKernels();
output.table({
  head: ['convolution on wasm, 20 frames', 'kernel', 'tfjs ms', 'ours ms', 'ratio'],
  rows: kernels.map(({ layer, kernel, stock, ours }) => [
    layer,
    kernel,
    stock === undefined ? 'none' : ms(stock),
    ms(ours),
    stock === undefined ? '-' : `${(stock / ours).toFixed(1)} x`,
  ]),
  align: ['left', 'left', 'right', 'right', 'right'],
});
if (slow) {
  output.line();
  const streaming = await timeStreaming();
  output.table({
    head: ['streaming 160x80 from a warm cache', 'frames/s', 'resident MB'],
    rows: [
      [`${streaming.frames} frames`, streaming.framesPerSecond.toFixed(0), (streaming.residentBytes / 1e6).toFixed(0)],
    ],
    align: ['left', 'right', 'right'],
  });
}
tf.disposeVariables();
await output.flush();
process.exit(0);
