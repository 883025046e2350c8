/** The other side of a `ReadingProcess`: opens recordings and answers for them. */
import type { FrameLoader, Recording } from '../../../datasets/recording/recording.ts';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { answerCalls } from '../../../sim/calls/answer-calls.ts';
import { PARENT } from '../processes/parent.ts';
import { BEAT, type OpenedCamera, type OpenedRecording, type ReadingOptions, type Word } from './messages.ts';
import { openHere } from './open-here.ts';

const recordings = new Map<number, Recording>();
let opened = 0;
let bytes = 0;
let at = '';
let busy = 0;
let pulse: NodeJS.Timeout | undefined;

const say = (word: Word): void => PARENT.post(word);

const calls = {
  /** Resolves once the process can be asked. */
  ready: () => undefined,
  open: alive(async (path: string, options: ReadingOptions) => {
    const recording = await openHere(path, options, observed);
    recordings.set(++opened, recording);
    return describe(opened, recording);
  }),
  frame: alive((recording: number, camera: string, index: number) => cameraOf(recording, camera).load(index)),
  encoded: alive((recording: number, camera: string, index: number) => cameraOf(recording, camera).encoded!(index)),
  fingerprint: alive((recording: number, camera: string) => cameraOf(recording, camera).fingerprint!()),
  close: alive((recording: number) => {
    const closing = recordings.get(recording)!.close();
    recordings.delete(recording);
    return closing;
  }),
};

export type ReadingCalls = typeof calls;
answerCalls(PARENT, calls);

/** A call that gives signs of life until it is answered. */
function alive<A extends readonly unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    if (busy++ === 0) pulse = setInterval(() => say({ kind: 'beat', bytes }), BEAT);
    try {
      return await call(...args);
    } finally {
      if (--busy === 0) clearInterval(pulse);
    }
  };
}

function cameraOf(recording: number, camera: string): FrameLoader {
  return recordings.get(recording)!.cameras[camera]!;
}

function describe(number: number, recording: Recording): OpenedRecording {
  const { metadata, columns, segments, skipped, notes, badPictures, cuts, length } = recording;
  const cameras: Record<string, OpenedCamera> = {};
  for (const [name, loader] of Object.entries(recording.cameras)) {
    cameras[name] = {
      has: Uint8Array.from({ length }, (_, i) => (loader.has(i) ? 1 : 0)),
      encoded: loader.encoded !== undefined,
      fingerprint: loader.fingerprint !== undefined,
    };
  }
  const about = { metadata, segments, skipped, notes, badPictures, cuts, cameras };
  return { number, columns: columns as OpenedRecording['columns'], ...about };
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
