import type { Command } from 'commander';
import type { Output } from '../../../machine/terminal/output.ts';
import type { BenchResult } from '../../bench/bench.ts';
import type { CommandContext } from '../context.ts';

/** Control ticks in a simulated second. */
const TICKS = 20;

export function register(program: Command, context: CommandContext): void {
  program
    .command('bench')
    .summary('how quick the world and the networks are here')
    .description(
      'Times the world, the networks, the streaming of a million frames and the start of the command on this machine in one run. Compare the ratios, not the milliseconds.',
    )
    .option('--slow', 'also webgpu with stock kernels beside ours: minutes without a GPU')
    .action(async ({ slow = false }: { slow?: boolean }) => {
      const { runBench } = await import('../../bench/bench.ts');
      context.output.note('timing; leave the machine alone meanwhile');
      const result = await runBench(slow);
      context.output.result(result, () => print(result, context.output));
    });
}

function print(
  { adapter, world, webgpuRealTime, drivingView, networks, kernels, streaming, startUp }: BenchResult,
  output: Output,
): void {
  output.line(`frames by ${adapter}`);
  output.line();
  output.table({
    head: ['world, 160x64, standard quality', 'a second', 'x real time'],
    rows: [
      ['render and read back', world.renderRate.toFixed(0), world.renderRealTime.toFixed(1)],
      ['closed loop, default model on wasm', world.loopRate.toFixed(0), world.loopRealTime.toFixed(1)],
      ['closed loop, default model on webgpu', (webgpuRealTime * TICKS).toFixed(0), webgpuRealTime.toFixed(1)],
      ['on wasm, two episodes at a time', (world.pairRealTime * TICKS).toFixed(0), world.pairRealTime.toFixed(1)],
    ],
    align: ['left', 'right', 'right'],
  });
  output.line();
  printView(drivingView, output);
  output.line();
  output.table({
    head: ['backend', 'what', 'ms', 'x PyTorch on 1 thread'],
    rows: networks.map(({ backend, what, milliseconds, ofPyTorch }) => [
      backend,
      what,
      ms(milliseconds),
      ofPyTorch === undefined ? '-' : ofPyTorch.toFixed(2),
    ]),
    align: ['left', 'left', 'right', 'right'],
  });
  if (!networks.some(({ backend }) => backend.startsWith('PyTorch'))) {
    output.line('PyTorch is not installed (apt-get install python3-torch), so there is nothing to compare with.');
  }
  output.line();
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
  output.line();
  const megabytes = (streaming.residentBytes / 1e6).toFixed(0);
  output.table({
    head: ['streaming 160x80 from a warm cache', 'frames/s', 'resident MB'],
    rows: [[`${streaming.frames} frames`, streaming.framesPerSecond.toFixed(0), megabytes]],
    align: ['left', 'right', 'right'],
  });
  output.line();
  printStartUp(startUp, output);
}

function printStartUp(startUp: BenchResult['startUp'], output: Output): void {
  if (typeof startUp === 'string') {
    output.line(`start-up was not measured: ${startUp}`);
    return;
  }
  const { source, built } = startUp;
  output.table({
    head: ['wheelhouse --help', 'ms', 'x of the checkout'],
    rows: [
      ['from a checkout', ms(source), '1.00'],
      ['as installed', ms(built), (built / source).toFixed(2)],
    ],
    align: ['left', 'right', 'right'],
  });
}

function printView(view: BenchResult['drivingView'], output: Output): void {
  if (typeof view === 'string') {
    output.line(`the Drive page was not measured: ${view}`);
    return;
  }
  const { browser, picturesPerSecond, pace, width, height } = view;
  output.table({
    head: ['Drive page, 960x540, low quality, default model', 'pictures/s', 'x real time', 'drawn as'],
    rows: [[browser, picturesPerSecond.toFixed(1), pace.toFixed(2), `${width}x${height}`]],
    align: ['left', 'right', 'right', 'right'],
  });
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
