import process from 'node:process';
import { installGlobals } from './dawn.ts';
import { type Trial, tryAdapters } from './device.ts';
import type { Driver } from './drivers.ts';
import { makeVisible } from './loader.ts';

/** What the child process says on stdout. */
export interface ProbeAnswer {
  /** A Vulkan loader was found, or none is needed here. */
  readonly loader: boolean;
  readonly trials: readonly Trial[];
}

const driver = JSON.parse(process.argv[2]!) as Driver;
const trials: Trial[] = [];
installGlobals();
const loader = makeVisible(driver);
if (loader) {
  for await (const { gpu, ...trial } of tryAdapters(driver.name, { software: 'yes' })) {
    gpu?.close();
    trials.push(trial);
  }
}
const answer: ProbeAnswer = { loader, trials };
process.stdout.write(JSON.stringify(answer));
