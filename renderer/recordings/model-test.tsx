import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Caller } from '../../sim/calls/caller.ts';
import { Button } from '../design/button.tsx';
import { readLibraryModel } from '../host/read-model.ts';
import { SteeringScore } from '../scores/steering-score.tsx';
import { tellFailure } from '../shell/toasts.tsx';
import type { ModelTestCalls, TestInPage, TestProgress } from '../workers/model-test.worker.ts';
import { workerPort } from '../workers/port.ts';
import type { Player } from './player.ts';
import styles from './recordings-page.module.css';

interface ModelTestProps {
  readonly player: Player;
  /** Of the library. */
  readonly recording: string;
  readonly model: string;
}

/** Tests a model on the whole recording: its predictions are drawn over the curve, and its scores stand beside the baselines. */
export function ModelTest({ player, recording, model }: ModelTestProps) {
  const progress = useSignal<number | null>(null);
  const result = useSignal<TestInPage | null>(null);
  const caller = useSignal<Caller<ModelTestCalls> | null>(null);
  useEffect(() => () => caller.value?.end(), [caller]);
  const test = async () => {
    progress.value = 0;
    const worker = new Worker(new URL('../workers/model-test.worker.ts', import.meta.url), { type: 'module' });
    const asked = new Caller<ModelTestCalls>(workerPort(worker), (word) => {
      progress.value = (word as TestProgress).done;
    });
    caller.value = asked;
    try {
      const { files, reference } = await readLibraryModel(model);
      result.value = await asked.call('test', { files, reference, recording, stored: player.length });
      await player.lay(result.value.angles);
    } catch (error) {
      tellFailure(error);
    } finally {
      asked.end();
      progress.value = null;
    }
  };
  return (
    <>
      <Button icon="check" disabled={progress.value !== null} onClick={() => void test()}>
        {progress.value === null ? 'Test on all frames' : `Testing, ${Math.round(100 * progress.value)} %`}
      </Button>
      {result.value?.score && <SteeringScore score={result.value.score} />}
      {result.value?.words.map((words) => (
        <p key={words} class={styles.words}>
          {words}
        </p>
      ))}
    </>
  );
}
