import type { InputSpec } from '../../../models/spec.ts';
import { Caller } from '../../../sim/calls/caller.ts';
import type { Command } from '../../../sim/command.ts';
import type { Driver } from '../../../sim/drivers/driver.ts';
import type { DriverCalls } from '../../workers/driver.worker.ts';
import { workerPort } from '../../workers/port.ts';

/** A model that drives from a worker, with what a person may want to know of it. */
export interface WorkerDriver extends Driver {
  readonly input: InputSpec;
  readonly backend: string;
}

/**
 * Opens a model of the library in a worker of its own.
 * @throws Refusal when the model is missing or damaged
 */
export async function openModelDriver(model: string): Promise<WorkerDriver> {
  const worker = new Worker(new URL('../../workers/driver.worker.ts', import.meta.url), { type: 'module' });
  const caller = new Caller<DriverCalls>(workerPort(worker));
  try {
    const { name, input } = await caller.call('open', { model, backend: 'auto' });
    let last: Command | undefined;
    const forget = () => {
      last = undefined;
      return caller.call('reset');
    };
    return {
      name: model,
      needsFrames: true,
      input,
      backend: name,
      start: () => forget(),
      relocated: () => void forget(),
      async drive({ frames, speed }) {
        const frame = frames.centre ?? Object.values(frames)[0];
        if (frame === undefined) return last ?? { steeringAngle: 0, speed, torque: 0 };
        last = await caller.call('step', { frame, speed });
        return last;
      },
      dispose: () => caller.end(),
    };
  } catch (error) {
    caller.end();
    throw error;
  }
}
