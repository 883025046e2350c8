import { type Signal, useSignal } from '@preact/signals';
import { listSuites } from '../../evaluation/suites/suites.ts';
import { Button } from '../design/button.tsx';
import { Check } from '../design/field.tsx';
import { Panel } from '../design/panel.tsx';
import { models } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { route } from '../shell/route.ts';
import { tellFailure } from '../shell/toasts.tsx';
import styles from './evaluate-page.module.css';
import { startEvaluation } from './jobs-store.ts';

/** Choose models and suites; every chosen model drives every chosen suite, one after the other. */
export function StartPanel() {
  const list = useListing(models);
  const asked = route.value.options.get('model');
  const chosen = useSignal<readonly string[]>(asked === null ? [] : [asked]);
  const suites = useSignal<readonly string[]>([listSuites()[0]!.name]);
  const starting = useSignal(false);
  const known = [...(list.items.value ?? []), { id: 'expert', name: 'Expert, the yardstick' }];
  const count = chosen.value.length * suites.value.length;
  const start = async () => {
    starting.value = true;
    try {
      for (const model of chosen.value) for (const suite of suites.value) await startEvaluation(model, suite);
      chosen.value = [];
    } catch (error) {
      tellFailure(error);
    } finally {
      starting.value = false;
    }
  };
  return (
    <Panel>
      <div class={styles.form}>
        <fieldset class={styles.choices}>
          <legend>Models</legend>
          {known.map(({ id, name }) => (
            <Choice key={id} id={id} label={name} chosen={chosen} />
          ))}
        </fieldset>
        <fieldset class={styles.choices}>
          <legend>Suites</legend>
          {listSuites().map(({ name, episodes, description }) => (
            <div key={name}>
              <Choice id={name} label={`${name}, ${episodes.length} roads`} chosen={suites} />
              <small>{description}</small>
            </div>
          ))}
        </fieldset>
        <Button
          kind="primary"
          icon="play"
          iconFilled
          disabled={count === 0 || starting.value}
          onClick={() => void start()}
        >
          {count > 1 ? `Evaluate ${count} times` : 'Evaluate'}
        </Button>
      </div>
    </Panel>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly chosen: Signal<readonly string[]>;
}

function Choice({ id, label, chosen }: ChoiceProps) {
  return (
    <Check
      label={label}
      checked={chosen.value.includes(id)}
      onChange={(checked) => {
        chosen.value = checked ? [...chosen.value, id] : chosen.value.filter((other) => other !== id);
      }}
    />
  );
}
