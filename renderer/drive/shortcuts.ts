import { takesKeys } from './controls/keyboard.ts';
import type { DriveStore } from './drive-store.ts';
import type { ViewName } from './view/eyes.ts';

const VIEWS: readonly ViewName[] = ['chase', 'cockpit', 'sensor'];

/** What keys do on the Drive page besides driving, for the help and for doing it. */
export const SHORTCUTS: readonly { readonly key: string; readonly code: string; readonly does: string }[] = [
  { key: 'P', code: 'KeyP', does: 'start and pause' },
  { key: 'T', code: 'KeyT', does: 'take over (or just steer)' },
  { key: 'G', code: 'KeyG', does: 'give back' },
  { key: 'R', code: 'KeyR', does: 'put the car back in its lane' },
  { key: 'C', code: 'KeyC', does: 'record, stop recording' },
  { key: 'V', code: 'KeyV', does: 'next view' },
  { key: 'M', code: 'KeyM', does: 'slow motion' },
];

export function listenForShortcuts(store: DriveStore): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
    const session = store.session.value;
    if (session === null) return;
    switch (event.code) {
      case 'KeyP':
        return session.phase.value === 'running' ? session.pause() : session.run();
      case 'KeyT':
        return session.takeOver();
      case 'KeyG':
        return session.giveBack();
      case 'KeyR':
        return session.putBack();
      case 'KeyC':
        return void (store.recorder.value === null ? store.startRecording() : store.stopRecording());
      case 'KeyV':
        store.view.value = VIEWS[(VIEWS.indexOf(store.view.value) + 1) % VIEWS.length]!;
        return;
      case 'KeyM':
        store.rate.value = store.rate.value === 1 ? 0.25 : 1;
    }
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
