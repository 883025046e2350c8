import type { Recording } from '../../recording/recording.ts';
import type { PackedCache } from '../packed-cache.ts';
import { createWindowSource } from '../window-source.ts';
import { cutPiece, type LoaderAnswers, type LoaderPort, type LoaderRequest, packError } from './messages.ts';

export interface ServeWindowsOptions {
  /** Opens a recording by what its `origin` was in the other thread. */
  readonly openRecording: (origin: unknown) => Promise<Recording>;
  readonly packedCache?: PackedCache;
}

/** The inside of a loader thread: opens recordings, and decodes and packs the windows that it is asked for. */
export function serveWindows(port: LoaderPort, { openRecording, packedCache }: ServeWindowsOptions): void {
  const recordings = new Map<string, Promise<Recording>>();
  const sources = new Map<number, ReturnType<typeof createWindowSource>>();

  const wholeOf = (origin: unknown): Promise<Recording> => {
    const key = JSON.stringify(origin);
    const known = recordings.get(key) ?? openRecording(origin);
    recordings.set(key, known);
    return known;
  };

  const answer = async (request: LoaderRequest): Promise<LoaderAnswers[keyof LoaderAnswers]> => {
    if (request.kind === 'open') {
      const pieces = await Promise.all(
        request.pieces.map(async (piece) => cutPiece(await wholeOf(piece.origin), piece)),
      );
      const source = createWindowSource(pieces, { ...request.options, ...(packedCache && { packedCache }) });
      sources.set(request.source, source);
      return { length: source.length, steering: source.steering, next: source.next };
    }
    if (request.kind === 'load') {
      const source = sources.get(request.source)!;
      return { batch: await source.load(request.indices), statistics: source.statistics() };
    }
    await packedCache?.close();
    for (const recording of recordings.values()) await (await recording).close();
    return null;
  };

  port.listen(
    async (message) => {
      const request = message as LoaderRequest;
      try {
        const result = await answer(request);
        port.post({ id: request.id, answer: result }, request.kind === 'load' ? buffersOf(result) : []);
      } catch (error) {
        port.post({ id: request.id, error: packError(error) }, []);
      }
    },
    () => undefined,
  );
}

function buffersOf(answer: LoaderAnswers[keyof LoaderAnswers]): ArrayBuffer[] {
  const { frames, targets, mask, speed } = (answer as LoaderAnswers['load']).batch;
  return [frames, targets, mask, speed].map(({ buffer }) => buffer as ArrayBuffer);
}
