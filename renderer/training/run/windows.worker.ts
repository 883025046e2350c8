import { serveWindows } from '../../../datasets/windows/loader/serve-windows.ts';
import { type LibraryOrigin, openLibraryRecording } from '../../host/open-recordings.ts';

/** Reads, decodes and packs what a training is shown, beside the worker that computes. */
serveWindows(
  {
    post: (message, transfer) => postMessage(message, { transfer: [...transfer] }),
    listen: (onMessage) => addEventListener('message', ({ data }) => onMessage(data)),
  },
  {
    openRecording(origin) {
      const { library, cuts } = origin as LibraryOrigin;
      return openLibraryRecording(library, cuts);
    },
  },
);
