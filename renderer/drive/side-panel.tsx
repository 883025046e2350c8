import { useComputed, useSignal } from '@preact/signals';
import { Button } from '../design/button.tsx';
import { NumberField, Segments, Slider } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { CalibrationDialog } from './controls/calibration-dialog.tsx';
import { connectedPad, control, sensitivity } from './controls/control-choice.ts';
import styles from './drive-page.module.css';
import type { DriveStore } from './drive-store.ts';
import { ConditionsPicker } from './pickers/conditions-picker.tsx';
import { DriverPicker } from './pickers/driver-picker.tsx';
import { TrackPicker } from './pickers/track-picker.tsx';
import { TrafficPicker } from './pickers/traffic-picker.tsx';
import type { DriveSession } from './session/drive-session.ts';
import { INCIDENT_WORDS as WORDS } from './session/incidents.ts';
import { setup, withPreset } from './session/setup.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { qualityChoice } from './view/picture-quality.ts';

/** Who drives where and in what, and what happened. */
export function SidePanel({ store }: { store: DriveStore }) {
  const { driver, track, preset, exact, seed, friction, delay, traffic } = setup.value;
  const change = (part: Partial<typeof setup.value>) => void store.change(part);
  return (
    <aside class={styles.side} aria-label="Choices">
      <Panel title="Driver">
        <DriverPicker value={driver} onChange={(value) => change({ driver: value })} />
      </Panel>
      {store.recorder.value && <Quality store={store} />}
      {store.session.value && <Log session={store.session.value} />}
      <Panel title="Road">
        <TrackPicker value={track} onChange={(value) => change({ track: value })} />
      </Panel>
      <Panel title="Conditions">
        <ConditionsPicker value={exact === null ? preset : null} onChange={(value) => change(withPreset(value))} />
        <Slider
          label="Grip of the tyres"
          value={friction}
          min={0.3}
          max={1}
          step={0.05}
          format={(value) => (value >= 0.95 ? 'full' : `${value >= 0.65 ? 'less' : 'little'}, ${value.toFixed(2)}`)}
          onChange={(value) => change({ friction: value })}
        />
        <Slider
          label="Camera delay"
          value={delay}
          min={0}
          max={0.5}
          step={0.05}
          format={(value) => `${Math.round(value * 1000)} ms`}
          onChange={(value) => change({ delay: value })}
        />
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={999_999}
          step={1}
          hint="Colours, sun and all else that chance decides."
          onChange={(value) => change({ seed: Math.round(value) })}
        />
      </Panel>
      <Panel title="Traffic">
        <TrafficPicker value={traffic} onChange={(value) => change({ traffic: value })} />
      </Panel>
      <Panel title="Picture">
        <Segments
          label="Quality"
          value={qualityChoice.value}
          options={[
            { value: 'auto', label: 'Auto' },
            { value: 'low', label: 'Low' },
            { value: 'standard', label: 'Standard' },
          ]}
          onChange={(value) => {
            qualityChoice.value = value;
          }}
        />
        <small>Networks see the same in each.</small>
      </Panel>
      <Controls />
    </aside>
  );
}

function Controls() {
  const calibrating = useSignal(false);
  const pad = control.value === 'gamepad' ? connectedPad() : null;
  return (
    <Panel title="Your controls">
      <Segments
        label="Steer with"
        value={control.value}
        options={[
          { value: 'keyboard', label: 'Keys', icon: 'keyboard' },
          { value: 'mouse', label: 'Mouse', icon: 'mouse' },
          { value: 'gamepad', label: 'Pad', icon: 'pad' },
        ]}
        onChange={(value) => {
          control.value = value;
        }}
      />
      {control.value === 'keyboard' && (
        <Slider
          label="Sensitivity"
          value={sensitivity.value}
          min={0.3}
          max={3}
          step={0.1}
          format={(value) => `${value.toFixed(1)}×`}
          onChange={(value) => {
            sensitivity.value = value;
          }}
        />
      )}
      {control.value === 'gamepad' && (
        <Notice>{pad ? pad.id : 'Press a button on the pad or the wheel, so that the browser shows it.'}</Notice>
      )}
      {pad && (
        <Button
          icon="gear"
          onClick={() => {
            calibrating.value = true;
          }}
        >
          Calibrate
        </Button>
      )}
      {calibrating.value && (
        <CalibrationDialog
          onClose={() => {
            calibrating.value = false;
          }}
        />
      )}
      <dl class={styles.keys}>
        {SHORTCUTS.map(({ key, does }) => [
          <dt key={key}>
            <kbd>{key}</kbd>
          </dt>,
          <dd key={does}>{does}</dd>,
        ])}
      </dl>
    </Panel>
  );
}

function Quality({ store }: { store: DriveStore }) {
  // Asked anew with every second of samples; the hint itself is no signal.
  const hint = useComputed(() => {
    const recorder = store.recorder.value;
    return recorder && recorder.samples.value % 20 >= 0 ? recorder.quality.hint() : null;
  });
  return hint.value === null ? null : <Notice kind="warning">{hint.value}</Notice>;
}

function Log({ session }: { session: DriveSession }) {
  const incidents = session.incidents.value;
  if (incidents.length === 0) return null;
  return (
    <Panel title="What happened">
      <ol class={styles.log}>
        {incidents.toReversed().map(({ kind, time, lateralError }) => (
          <li key={`${kind}${time}`}>
            <time class="numbers">{time.toFixed(1)} s</time>
            {WORDS[kind]}
            {kind === 'strayed' && ` (${Math.abs(lateralError).toFixed(1)} m ${lateralError > 0 ? 'left' : 'right'})`}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
