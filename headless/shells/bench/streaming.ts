import { fileURLToPath } from 'node:url';
import { forkChild } from '../../machine/processes/child.ts';
import type { StreamingTimes } from './stream-windows.ts';

/** Times the streaming of windows in a process of its own. @param samples length of the recording */
export function timeStreaming(samples = 1_000_000): Promise<StreamingTimes> {
  const program = fileURLToPath(new URL('../../machine/processes/from-source.mjs', import.meta.url));
  const child = forkChild(program, [new URL('streaming-process.ts', import.meta.url).href]);
  return new Promise((resolve, reject) => {
    child.onMessage((message) => resolve(message as StreamingTimes));
    child.onExit((how) => reject(new Error(`the streaming process ended before its result (${how})`)));
    child.send(samples);
  });
}
