import { Caller } from '../../../sim/calls/caller.ts';
import { forkChild, peerOf } from '../../machine/processes/child.ts';
import type { StreamingTimes } from './stream-windows.ts';
import type { StreamingCalls } from './streaming-process.ts';

/** Times the streaming of windows in a process of its own. @param samples length of the recording */
export async function timeStreaming(samples = 1_000_000): Promise<StreamingTimes> {
  const peer = peerOf(
    forkChild(new URL('./streaming-process.ts', import.meta.url)),
    (how) => new Error(`the streaming process ended before its result (${how})`),
  );
  const caller = new Caller<StreamingCalls>(peer);
  try {
    return await caller.call('stream', samples);
  } finally {
    caller.end();
  }
}
