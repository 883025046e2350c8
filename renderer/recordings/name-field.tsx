import { useSignal } from '@preact/signals';
import { Button } from '../design/button.tsx';
import styles from './recordings-page.module.css';

interface NameFieldProps {
  readonly name: string;
  /** Saves another name. */
  readonly onRename: (name: string) => void;
}

/** The name of a recording, which a person may change. */
export function NameField({ name, onRename }: NameFieldProps) {
  const editing = useSignal(false);
  const close = () => {
    editing.value = false;
  };
  if (!editing.value) {
    return (
      <div class={styles.name}>
        <h1>{name}</h1>
        <Button
          kind="quiet"
          icon="pencil"
          label="Rename"
          onClick={() => {
            editing.value = true;
          }}
        />
      </div>
    );
  }
  return (
    <form
      class={styles.name}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = String(new FormData(event.currentTarget).get('name') ?? '').trim();
        if (wanted !== '' && wanted !== name) onRename(wanted);
        close();
      }}
    >
      <input
        name="name"
        class={styles.rename}
        defaultValue={name}
        maxLength={200}
        required
        aria-label="Name of the recording"
        ref={(element) => {
          if (element !== null && document.activeElement !== element) element.select();
        }}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      />
      <button type="submit" class={styles.save}>
        Save
      </button>
    </form>
  );
}
