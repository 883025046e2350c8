import { useSignal } from '@preact/signals';
import type { RunConfig } from '../../../../models/runs/run-config.ts';
import { Caller } from '../../../../sim/calls/caller.ts';
import { Button } from '../../../design/button.tsx';
import { Notice } from '../../../design/notice.tsx';
import { workerPort } from '../../../workers/port.ts';
import type { NetworkCheckCalls } from '../../network-check.worker.ts';
import styles from '../../train-page.module.css';
import { checkWords } from './check-words.ts';

/** Tries a network on two windows of the chosen recordings before a person waits for it. */
export function NetworkCheckPanel({ config }: { config: RunConfig }) {
  const working = useSignal(false);
  const words = useSignal<{ readonly good: boolean; readonly lines: readonly string[] } | null>(null);
  const check = async () => {
    working.value = true;
    words.value = null;
    const worker = new Worker(new URL('../../network-check.worker.ts', import.meta.url), { type: 'module' });
    const caller = new Caller<NetworkCheckCalls>(workerPort(worker));
    try {
      words.value = checkWords(await caller.call('check', config));
    } catch (error) {
      words.value = { good: false, lines: [error instanceof Error ? error.message : String(error)] };
    } finally {
      caller.end();
      working.value = false;
    }
  };
  return (
    <div class={styles.check}>
      <Button icon="check" disabled={working.value} onClick={() => void check()}>
        {working.value ? 'Checking…' : 'Check the network'}
      </Button>
      {words.value && (
        <Notice kind={words.value.good ? 'info' : 'warning'}>
          {words.value.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
    </div>
  );
}
