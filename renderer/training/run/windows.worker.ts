import { serveWindows } from '../../../datasets/windows/loader/serve-windows.ts';
import { type LibraryOrigin, openLibraryRecording } from '../../host/open-recordings.ts';
import { PAGE } from '../../workers/port.ts';

/** Reads, decodes and packs what a training is shown, beside the worker that computes. */
serveWindows(PAGE, {
  openRecording(origin) {
    const { library, cuts } = origin as LibraryOrigin;
    return openLibraryRecording(library, cuts);
  },
});
