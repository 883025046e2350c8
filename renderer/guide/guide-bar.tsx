import type { ComponentChildren } from 'preact';
import { Button, LinkButton } from '../design/button.tsx';
import { route, routeTo } from '../shell/route.ts';
import { type GuideState, type GuideStep, guide, STEPS, tellGuide } from './guide.ts';
import styles from './guide-bar.module.css';

interface Advice {
  readonly words: ComponentChildren;
  /** Where the step is done, and what the way there is called. */
  readonly href: string;
  readonly action: string;
}

function adviceFor(step: GuideStep, { model, recordings }: GuideState): Advice {
  const driver = model === null ? 'expert' : `model:${model}`;
  switch (step) {
    case 'record':
      return {
        words:
          'Record a drive to learn from: press Record, let the expert drive (or drive yourself) for two laps, then stop the recording.',
        href: routeTo('drive', null, { driver: 'expert' }),
        action: 'Go and record',
      };
    case 'train':
      return {
        words:
          'Train a network on it: the options are fine as they are, press Start. Half a minute is enough for a first look.',
        href: routeTo('train', null, { recordings: recordings.join(',') }),
        action: 'Go and train',
      };
    case 'watch':
      return {
        words: 'Let it drive. Watch what it sees and where its steering differs from the expert’s.',
        href: routeTo('drive', null, { driver }),
        action: 'Let it drive',
      };
    case 'takeover':
      return {
        words:
          'Record again, and take over by steering whenever it strays; give back with G. Your corrections are what it learns from next. Then stop the recording.',
        href: routeTo('drive', null, { driver }),
        action: 'Back to the road',
      };
    case 'retrain':
      return {
        words: 'Train once more, on the first drive and your corrections together, and see whether it does better.',
        href: routeTo('train', null, { recordings: recordings.join(',') }),
        action: 'Train again',
      };
  }
}

/** Leads through the first five minutes, above whatever page is open. */
export function GuideBar() {
  const state = guide.value;
  if (state.step === null) return null;
  const at = STEPS.indexOf(state.step);
  const { words, href, action } = adviceFor(state.step, state);
  const there = href.startsWith(`#/${route.value.page}`) && (state.step !== 'watch' || location.hash === href);
  return (
    <aside class={styles.bar} aria-label="Guide">
      <ol class={styles.steps}>
        {STEPS.map((step, i) => (
          <li key={step} aria-current={i === at ? 'step' : undefined} data-done={i < at}>
            {i < at ? '✓' : i + 1}
          </li>
        ))}
      </ol>
      <p class={styles.words}>{words}</p>
      {!there && (
        <LinkButton href={href} kind="primary">
          {action}
        </LinkButton>
      )}
      <Button icon="close" kind="quiet" label="Leave the guide" onClick={() => tellGuide({ type: 'leave' })} />
    </aside>
  );
}
