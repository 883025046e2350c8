import type { RecordingFormat } from '../format.ts';
import { METADATA_FILE } from './layout.ts';
import { openRecording } from './reader.ts';

/** Our own format; docs/recording-format.md describes it. */
export const wheelhouse: RecordingFormat = {
  name: 'wheelhouse',
  title: 'Wheelhouse recording (recording.json)',
  files: ['json', 'jsonl', 'bin'],
  docs: {
    knownBy: '`recording.json`',
    steering: 'rad, left + → 1',
    others: 'all columns',
    times: 'recorded',
    cameras: 'all',
  },
  detect: (storage) => storage.exists(METADATA_FILE),
  open: (storage, codec) => openRecording(storage, codec),
};
