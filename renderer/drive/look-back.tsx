import { Button } from '../design/button.tsx';
import styles from './drive-page.module.css';
import type { DriveSession } from './session/drive-session.ts';

/** A scrubber over what was driven so far; it appears when the drive stands. */
export function LookBack({ session }: { session: DriveSession }) {
  const phase = session.phase.value;
  // Read before anything is returned: a replay begins without a change of phase.
  const back = session.lookingBack.value;
  if ((phase !== 'paused' && phase !== 'finished') || session.drivenTime < 0.5) return null;
  const shown = back ?? session.drivenTime;
  const replaying = session.replaying.value;
  return (
    <div class={styles.lookBack}>
      <Button
        icon={replaying ? 'pause' : 'play'}
        label={replaying ? 'Pause the replay' : 'Replay'}
        onClick={() => {
          if (!replaying && shown >= session.drivenTime - 0.05) session.lookBack(0);
          else if (back === null) session.lookBack(shown);
          session.replaying.value = !replaying;
        }}
      />
      <input
        type="range"
        min={0}
        max={session.drivenTime}
        step={0.05}
        value={shown}
        aria-label="Look back at the drive"
        aria-valuetext={`${shown.toFixed(1)} s`}
        onInput={(event) => session.lookBack(event.currentTarget.valueAsNumber)}
      />
      <span class="numbers">
        {shown.toFixed(1)} of {session.drivenTime.toFixed(1)} s
      </span>
      {session.incidents.value
        .filter(({ kind }) => kind === 'strayed' || kind === 'taken')
        .slice(-1)
        .map(({ time }) => (
          <Button
            key={time}
            icon="eye"
            onClick={() => {
              session.lookBack(time - 5);
              session.replaying.value = true;
            }}
          >
            5 s before the last incident
          </Button>
        ))}
      {back !== null && (
        <Button kind="quiet" onClick={() => session.lookBack(null)}>
          Back to now
        </Button>
      )}
    </div>
  );
}
