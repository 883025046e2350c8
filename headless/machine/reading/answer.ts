/** The other side of a `ReadingProcess`: opens recordings and answers for them. */
import type { Recording } from '../../../datasets/recording/recording.ts';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { hearParent, tellParent } from '../processes/parent.ts';
import { BEAT, type OpenedCamera, type OpenedRecording, type Question, type Word } from './messages.ts';
import { openHere } from './open-here.ts';

const recordings = new Map<number, Recording>();
let bytes = 0;
let at = '';
let busy = 0;
let pulse: NodeJS.Timeout | undefined;

const say = (word: Word): void => tellParent(word);

hearParent(async (message) => {
  const { id, question } = message as { id: number; question: Question };
  if (busy++ === 0) pulse = setInterval(() => say({ kind: 'beat', bytes }), BEAT);
  try {
    say({ kind: 'answer', id, value: await answer(id, question) });
  } catch (error) {
    if (error instanceof Refusal) say({ kind: 'refused', id, code: error.code, message: error.message });
    else say({ kind: 'failed', id, message: (error as Error).stack ?? String(error) });
  } finally {
    if (--busy === 0) clearInterval(pulse);
  }
});
say({ kind: 'ready' });

async function answer(id: number, question: Question): Promise<unknown> {
  if (question.kind === 'open') {
    const recording = await openHere(question.path, question.options, observed);
    recordings.set(id, recording);
    return describe(recording);
  }
  const recording = recordings.get(question.recording)!;
  if (question.kind === 'close') {
    recordings.delete(question.recording);
    return recording.close();
  }
  const camera = recording.cameras[question.camera]!;
  if (question.kind === 'fingerprint') return camera.fingerprint!();
  if (question.kind === 'encoded') return camera.encoded!(question.index);
  return camera.load(question.index);
}

function describe(recording: Recording): OpenedRecording {
  const { metadata, columns, segments, skipped, cuts, length } = recording;
  const cameras: Record<string, OpenedCamera> = {};
  for (const [name, loader] of Object.entries(recording.cameras)) {
    cameras[name] = {
      has: Uint8Array.from({ length }, (_, i) => (loader.has(i) ? 1 : 0)),
      encoded: loader.encoded !== undefined,
      fingerprint: loader.fingerprint !== undefined,
    };
  }
  return { metadata, columns: columns as OpenedRecording['columns'], segments, skipped, cuts, cameras };
}

/** The storage, which tells as it is read where the reader is and how much it was given. */
function observed(storage: FileStorage): FileStorage {
  const enter = (path: string): void => {
    const file = `${storage.name}/${path}`;
    if (file !== at) say({ kind: 'at', file });
    at = file;
  };
  const counted = (path: string, read: Promise<Uint8Array>): Promise<Uint8Array> =>
    read.then((content) => {
      // What is parsed next is what was read last.
      enter(path);
      bytes += content.length;
      return content;
    });
  return {
    name: storage.name,
    list: (folder) => storage.list(folder),
    exists: (path) => storage.exists(path),
    size: (path) => storage.size(path),
    read: (path) => counted(path, storage.read(path)),
    readRange: (path, offset, length) => counted(path, storage.readRange(path, offset, length)),
    ...(storage.openBlocking && {
      async openBlocking(path: string) {
        const file = await storage.openBlocking!(path);
        return {
          ...file,
          read(offset: number, length: number) {
            enter(path);
            bytes += length;
            return file.read(offset, length);
          },
        };
      },
    }),
    write: (path, content, options) => storage.write(path, content, options),
    rename: (from, to) => storage.rename(from, to),
    openAppend: (path, options) => storage.openAppend(path, options),
    remove: (path) => storage.remove(path),
    close: () => storage.close(),
  };
}
