import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { taskFromParent, tellParent } from '../../machine/processes/parent.ts';
import { streamWindows } from './stream-windows.ts';

/** Streams in a process of its own, so that its memory is the memory of streaming and of nothing else. */
const samples = (await taskFromParent()) as number;
const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-streaming-'));
try {
  tellParent(await streamWindows(folder, samples));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
