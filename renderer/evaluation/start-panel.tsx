import { type Signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { counted } from '../../sim/counted.ts';
import { Button } from '../design/button.tsx';
import { Check } from '../design/field.tsx';
import { Panel } from '../design/panel.tsx';
import { models, suites } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { route } from '../shell/route.ts';
import { tellFailure } from '../shell/toasts.tsx';
import styles from './evaluate-page.module.css';
import { startEvaluation } from './jobs-store.ts';
import { ownSuites, takeInSuite } from './own-suites.ts';

/** Choose models and suites; every chosen model drives every chosen suite, one after the other. */
export function StartPanel() {
  const list = useListing(models);
  const asked = route.value.options.get('model');
  const chosen = useSignal<readonly string[]>(asked === null ? [] : [asked]);
  const listed = useListing(suites);
  const chosenSuites = useSignal<readonly string[]>(['smoke']);
  const starting = useSignal(false);
  const known = [...(list.items.value ?? []), { id: 'expert', name: 'Expert, the yardstick' }];
  const count = chosen.value.length * chosenSuites.value.length;
  const start = async () => {
    starting.value = true;
    try {
      for (const model of chosen.value) {
        for (const id of chosenSuites.value) await startEvaluation(model, suiteOf(id));
      }
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
        <div class={styles.suites}>
          <fieldset class={styles.choices}>
            <legend>Suites</legend>
            {listed.items.value?.map(({ name, episodes, description }) => (
              <div key={name}>
                <Choice id={name} label={`${name}, ${counted(episodes.length, 'road')}`} chosen={chosenSuites} />
                <small>{description}</small>
              </div>
            ))}
            {ownSuites.value.map(({ name, episodes, description }) => (
              <div key={ownId(name)}>
                <Choice id={ownId(name)} label={`${name} of your own, ${episodes} roads`} chosen={chosenSuites} />
                <small>{description}</small>
              </div>
            ))}
          </fieldset>
          <SuiteFile />
        </div>
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

/** Ids of own suites, which no suite of the host can have. */
const OWN = 'own:';
const ownId = (name: string) => `${OWN}${name}`;

function suiteOf(id: string): Parameters<typeof startEvaluation>[1] {
  return ownSuites.value.find(({ name }) => ownId(name) === id)?.document ?? id;
}

/** Takes a suite file of the person's own. */
function SuiteFile() {
  const input = useRef<HTMLInputElement>(null);
  const take = async (picker: HTMLInputElement) => {
    const files = [...(picker.files ?? [])];
    // Or nothing would be heard of the same file once it is mended.
    picker.value = '';
    try {
      for (const file of files) await takeInSuite(file);
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json"
        hidden
        aria-label="Suite file"
        onChange={(event) => void take(event.currentTarget)}
      />
      <Button icon="import" onClick={() => input.current?.click()}>
        Add a suite file
      </Button>
    </>
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
