import { timeConvolutionKernels } from '../../../models/bench/convolution-kernels.ts';
import { timeDrivingStep } from '../../../models/bench/driving-step.ts';
import { referenceSpec } from '../../../models/bench/networks.ts';
import { timeTrainingStep } from '../../../models/bench/training-step.ts';
import { useWebgpuKernels } from '../../../models/kernels/webgpu/register.ts';
import { createSpec } from '../../../models/zoo/zoo.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { openComputing } from '../../machine/computing/open-computing.ts';
import { type OpenedDriver, openDriver } from '../../work/drivers/open-driver.ts';
import { type DrivingViewSpeed, timeDrivingView } from './driving-view.ts';
import { timePyTorch } from './pytorch.ts';
import { type StartUp, timeStartUp } from './start-up.ts';
import type { StreamingTimes } from './stream-windows.ts';
import { timeStreaming } from './streaming.ts';
import { timeLoop, timeWorld, type WorldSpeed } from './world.ts';

/** One thing that was timed. */
export interface BenchRow {
  readonly backend: string;
  readonly what: string;
  /** Median [ms]. */
  readonly milliseconds: number;
  /** Over PyTorch's training step on one thread; absent for other things and where PyTorch is not installed. */
  readonly ofPyTorch?: number;
}

export interface BenchResult {
  readonly adapter: string;
  readonly world: WorldSpeed;
  /** The closed loop with the network on webgpu, on the device that draws: multiple of real time. */
  readonly webgpuRealTime: number;
  /** The Drive page in a browser; the reason where there is none. */
  readonly drivingView: DrivingViewSpeed | string;
  readonly networks: readonly BenchRow[];
  readonly kernels: Awaited<ReturnType<typeof timeConvolutionKernels>>;
  readonly streaming: StreamingTimes;
  /** The reason where it was not measured. */
  readonly startUp: StartUp | string;
}

const REFERENCE_STEP = 'training step, reference network, 4 x 5 frames';

/**
 * Times the world and the networks on this machine, all in one run, so that ratios mean something.
 * @param slow adds what takes minutes on a software adapter: training on webgpu
 */
export async function runBench(slow: boolean): Promise<BenchResult> {
  const startUp = timeStartUp();
  const opened = await openDriver('default', { backend: 'wasm' });
  const world = await timeWorld(opened);
  const onWebgpu = await openDriver('default', { backend: 'webgpu' });
  const webgpuRealTime = await timeLoop(onWebgpu);
  const drivingView = await timeDrivingView().catch(whyNot);
  const networks = await timeNetworks(opened, slow);
  await openComputing('wasm');
  const kernels = await timeConvolutionKernels();
  return {
    adapter: opened.adapter,
    world,
    webgpuRealTime,
    drivingView,
    networks,
    kernels,
    streaming: await timeStreaming(),
    startUp,
  };
}

/** A machine without a browser can be measured otherwise. */
function whyNot(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return 'Playwright is not installed';
  throw error;
}

async function timeNetworks(opened: OpenedDriver, slow: boolean): Promise<BenchRow[]> {
  const python = timePyTorch();
  const mark = python?.threads['1'];
  const rows: BenchRow[] = [];
  const add = (backend: string, what: string, milliseconds: number, comparable = false) =>
    rows.push({ backend, what, milliseconds, ...(comparable && mark && { ofPyTorch: milliseconds / mark }) });

  const reference = referenceSpec();
  const long = createSpec('cnn-lstm', { input: { time: 20 } });
  for (const backend of slow ? (['wasm', 'webgpu'] as const) : (['wasm'] as const)) {
    await openComputing(backend, opened.cameras?.gpu);
    if (backend === 'webgpu') {
      useWebgpuKernels('stock');
      add('webgpu, stock tfjs kernels', REFERENCE_STEP, (await timeTrainingStep(reference, 4, 5)).median, true);
      useWebgpuKernels('ours');
    }
    add(backend, REFERENCE_STEP, (await timeTrainingStep(reference, 4, 5)).median, true);
    add(backend, 'training step, default network, 16 x 20 frames', (await timeTrainingStep(long, 16, 20)).median);
    add(backend, 'driving step, reference network', (await timeDrivingStep(reference)).median);
    add(backend, 'driving step, default network', (await timeDrivingStep(createSpec('cnn-lstm'))).median);
  }
  for (const [threads, time] of Object.entries(python?.threads ?? {})) {
    add(`PyTorch ${python!.version}`, `${REFERENCE_STEP}, ${threads} threads`, time, true);
  }
  return rows;
}
