import { existsSync } from 'node:fs';
import process from 'node:process';
import { Refusal } from '../../../sim/refusal.ts';
import { installGlobals } from './dawn.ts';
import { type DeviceOptions, openDevice, type Trial } from './device.ts';
import { browserSwiftShaders, type Driver, driverFromFile, npmSwiftShader, SYSTEM } from './drivers.ts';
import type { Gpu } from './gpu.ts';
import { makeVisible } from './loader.ts';
import { mendLine } from './mend.ts';

export interface GpuOptions {
  /**
   * `auto`: hardware, else the system's software driver, else SwiftShader; `system`: only what the system offers;
   * `software`: like `auto` without hardware; `swiftshader`: SwiftShader wherever it is found; or the path of a
   * driver's ICD file. Default: the environment variable WHEELHOUSE_GPU, else `auto`.
   */
  readonly driver?: string;
  /** Limits of the device beyond those that are raised anyway. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Switches of Dawn, see its list of toggles. */
  readonly toggles?: readonly string[];
}

/**
 * Opens a GPU device in Node: a real adapter first, else a software one, each tested by drawing and reading back.
 * @throws Refusal `no-gpu` when no adapter passes, with the line that mends it; `unknown-gpu-driver` for a bad choice
 */
export async function openGpu(options: GpuOptions = {}): Promise<Gpu> {
  installGlobals();
  const choice = options.driver ?? (process.env.WHEELHOUSE_GPU || 'auto');
  const trials: Trial[] = [];
  for await (const { driver, software } of driversFor(choice)) {
    const gpu = await openWith(driver, { ...options, software }, trials);
    if (gpu) return gpu;
  }
  const seen = trials.map((trial) => `${trial.adapter.name} ${trial.fault}`).join(', ');
  throw new Refusal('no-gpu', 'GPU', seen || `no WebGPU adapter found (driver: ${choice})`, mendLine());
}

async function openWith(driver: Driver, options: DeviceOptions, trials: Trial[]): Promise<Gpu | undefined> {
  return makeVisible(driver) ? openDevice(driver.name, options, trials) : undefined;
}

interface Attempt {
  driver: Driver;
  software: DeviceOptions['software'];
}

async function* driversFor(choice: string): AsyncGenerator<Attempt> {
  switch (choice) {
    case 'auto':
      yield { driver: SYSTEM, software: 'yes' };
      yield* swiftShaders();
      return;
    case 'system':
      yield { driver: SYSTEM, software: 'yes' };
      return;
    case 'software':
      yield { driver: SYSTEM, software: 'only' };
      yield* swiftShaders();
      return;
    case 'swiftshader':
      yield* swiftShaders();
      return;
    default:
      if (!existsSync(choice)) {
        throw new Refusal(
          'unknown-gpu-driver',
          'WHEELHOUSE_GPU',
          `there is no file ${choice}`,
          'use system, software, swiftshader, or the path of a driver’s ICD file (lvp_icd.json)',
        );
      }
      yield { driver: driverFromFile(choice), software: 'yes' };
  }
}

async function* swiftShaders(): AsyncGenerator<Attempt> {
  const npm = await npmSwiftShader();
  if (npm) yield { driver: npm, software: 'yes' };
  for (const driver of browserSwiftShaders()) yield { driver, software: 'yes' };
}
