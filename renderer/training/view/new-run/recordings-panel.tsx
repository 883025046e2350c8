import type { RecordingEntry } from '../../../../host-api/contract.ts';
import { Panel } from '../../../design/panel.tsx';
import { host } from '../../../host/host.ts';
import styles from '../../train-page.module.css';

interface RecordingsPanelProps {
  /** Those that can be read. */
  readonly recordings: readonly RecordingEntry[];
  /** Ids. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** What a network is to learn from. */
export function RecordingsPanel({ recordings, chosen, onChange }: RecordingsPanelProps) {
  return (
    <Panel title="Recordings">
      <div class={styles.choices}>
        {recordings.map(({ id, name, metadata, bytes, pictured, cut }) => (
          <label key={id} class={styles.choice}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            {pictured && <img src={host.thumbnailAddress(id)} alt="" loading="lazy" />}
            <span>
              <b>{name}</b>
              <small class={styles.detail}>
                {metadata!.driver ?? metadata!.format}, {(bytes / 1e6).toFixed(1)} MB
                {cut > 0 && `, ${cut} samples cut out`}
              </small>
            </span>
          </label>
        ))}
      </div>
    </Panel>
  );
}
