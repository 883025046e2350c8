import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../design/icon.tsx';
import styles from './drop-zone.module.css';
import { filesOfDrop } from './dropped-files.ts';
import { takeInFiles } from './take-in-files.ts';

/**
 * Recordings and models may be dropped anywhere in the window. What is dropped never replaces the page, as a browser would
 * have it.
 */
export function DropZone() {
  const dropping = useSignal(false);
  useEffect(() => {
    const stop = new AbortController();
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const listen = (name: 'dragover' | 'dragleave' | 'drop', heard: (event: DragEvent) => void) =>
      addEventListener(name, (event) => holdsFiles(event) && heard(event), { signal: stop.signal });
    listen('dragover', (event) => {
      event.preventDefault();
      dropping.value = true;
    });
    listen('dragleave', (event) => {
      // Only when it leaves the window; inside, one element is left for the next.
      if (event.relatedTarget === null) dropping.value = false;
    });
    listen('drop', (event) => {
      event.preventDefault();
      dropping.value = false;
      void filesOfDrop(event.dataTransfer!).then(takeInFiles);
    });
    return () => stop.abort();
  }, [dropping]);
  if (!dropping.value) return null;
  return (
    <div class={styles.zone} aria-hidden="true">
      <div>
        <Icon name="import" size={40} />
        Drop recordings or models here
      </div>
    </div>
  );
}
