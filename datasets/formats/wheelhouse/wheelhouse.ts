import type { RecordingFormat } from '../format.ts';
import { METADATA_FILE } from './layout.ts';
import { openRecording } from './reader.ts';

/** Our own format; docs/recording-format.md describes it. */
export const wheelhouse: RecordingFormat = {
  name: 'wheelhouse',
  title: 'Wheelhouse recording (recording.json)',
  detect: (storage) => storage.exists(METADATA_FILE),
  open: (storage, codec) => openRecording(storage, codec),
};
