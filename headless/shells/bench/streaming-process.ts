import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerCalls } from '../../../sim/calls/answer-calls.ts';
import { PARENT } from '../../machine/processes/parent.ts';
import { type StreamingTimes, streamWindows } from './stream-windows.ts';

/** Streams in a process of its own, so that its memory is the memory of streaming and of nothing else. */
const calls = {
  /** @param samples length of the recording */
  async stream(samples: number): Promise<StreamingTimes> {
    const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-streaming-'));
    try {
      return await streamWindows(folder, samples);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export type StreamingCalls = typeof calls;
answerCalls(PARENT, calls);
