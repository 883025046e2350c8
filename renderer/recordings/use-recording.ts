import { computed, type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RecordingChanges, RecordingDetails } from '../../host-api/contract.ts';
import { readIncidents } from '../drive/session/incident-file.ts';
import { host } from '../host/host.ts';
import { openLibraryRecording } from '../host/open-recordings.ts';
import { EditHistory } from './edit-history.ts';
import { Player } from './player.ts';

/** A recording of the library in a page: all of it null until it is there. */
export interface RecordingInPage {
  readonly details: Signal<RecordingDetails | null>;
  /** Another one whenever values are read otherwise than before: a turned sign, bridged dropouts. */
  readonly player: Signal<Player | null>;
  readonly edits: Signal<EditHistory | null>;
  /** Why it cannot be opened. */
  readonly failure: Signal<string | null>;
}

/** Opens a recording of the library, and opens it again when its edits change what its samples say. */
export function useRecording(id: string): RecordingInPage {
  const details = useSignal<RecordingDetails | null>(null);
  const player = useSignal<Player | null>(null);
  const edits = useSignal<EditHistory | null>(null);
  const failure = useSignal<string | null>(null);
  useEffect(() => {
    let left = false;
    let opened: Player | null = null;
    let read = '';
    const open = async (history: EditHistory, changes: RecordingChanges) => {
      const before = opened;
      const next = new Player(
        await openLibraryRecording(id, []),
        computed(() => history.current.value.cuts),
      );
      if (left) return next.dispose();
      next.incidents.value = before?.incidents.value ?? (await readIncidents(host.files('recordings', id)));
      if (before !== null) next.seek(before.index.value);
      opened = next;
      player.value = next;
      read = readingOf(changes);
      before?.dispose();
    };
    (async () => {
      try {
        const about = await host.recording(id);
        details.value = about;
        if (about.problem !== null) throw new Error(about.problem);
        const history = new EditHistory(about.edits, async (changed) => {
          await host.editRecording(id, changed);
          if (readingOf(changed) !== read) await open(history, changed);
        });
        edits.value = history;
        await open(history, about.edits);
      } catch (error) {
        failure.value = error instanceof Error ? error.message : String(error);
      }
    })();
    return () => {
      left = true;
      opened?.dispose();
    };
  }, [id, details, player, edits, failure]);
  return { details, player, edits, failure };
}

/** What of the edits changes the values of samples; cuts and names do not. */
function readingOf({ columns = {}, interpolated = [] }: RecordingChanges): string {
  return JSON.stringify([columns, interpolated]);
}
