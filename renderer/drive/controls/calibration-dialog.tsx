import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Refusal } from '../../../sim/refusal.ts';
import { Button } from '../../design/button.tsx';
import { Slider } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { tell } from '../../shell/toasts.tsx';
import {
  CALIBRATION_STEPS,
  type CalibrationReadings,
  type CalibrationStep,
  checkStep,
  copyReading,
  profileOf,
  standing,
} from './calibration.ts';
import styles from './calibration-dialog.module.css';
import { connectedPad, profiles } from './control-choice.ts';
import { type GamepadProfile, profileFor } from './profiles.ts';

const WORDS: Readonly<Record<CalibrationStep, string>> = {
  rest: 'Leave the wheel (or stick) in the middle and the pedals free.',
  left: 'Turn it to the left as far as it goes, and hold it.',
  right: 'Turn it to the right as far as it goes, and hold it.',
  throttle: 'Press the accelerator all the way down, and hold it.',
  brake: 'Press the brake all the way down, and hold it.',
};
const DEGREES = 180 / Math.PI;

/** Finds out, step by step, which axis of a device is which and how far it goes. */
export function CalibrationDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const readings = useSignal<CalibrationReadings>({});
  const number = useSignal(0);
  const problem = useSignal<string | null>(null);
  const profile = useSignal<GamepadProfile | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const step = CALIBRATION_STEPS[number.value];

  const next = () => {
    const pad = connectedPad();
    if (pad === null || step === undefined) {
      problem.value = 'The device is not there any more: connect it and press one of its buttons.';
      return;
    }
    const found = { ...readings.value, [step]: copyReading(pad) };
    try {
      checkStep(step, found);
      readings.value = found;
      number.value++;
      problem.value = null;
      if (number.value === CALIBRATION_STEPS.length) {
        const base = profiles.value[pad.id] ?? profileFor(pad.id, pad.mapping);
        profile.value = profileOf(found, base, base.steering.axis.deadZone);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = error.message;
    }
  };
  const again = () => {
    readings.value = {};
    number.value = 0;
    problem.value = null;
    profile.value = null;
  };
  const keep = () => {
    const pad = connectedPad();
    if (pad === null || profile.value === null) return;
    profiles.value = { ...profiles.value, [pad.id]: profile.value };
    tell('The device is calibrated.');
    dialog.current?.close();
  };

  return (
    <dialog ref={dialog} class={styles.dialog} onClose={onClose} aria-label="Calibrate the pad or wheel">
      <h2>Calibrate</h2>
      {profile.value === null ? (
        <>
          <p class={styles.step}>
            <b>
              {number.value + 1} of {CALIBRATION_STEPS.length}
            </b>{' '}
            {step && WORDS[step]}
          </p>
          {problem.value && <Notice kind="warning">{problem.value}</Notice>}
        </>
      ) : (
        <Fine
          profile={profile.value}
          onChange={(changed) => {
            profile.value = changed;
          }}
        />
      )}
      <div class={styles.buttons}>
        <Button kind="quiet" onClick={() => dialog.current?.close()}>
          Cancel
        </Button>
        <Button icon="undo" disabled={number.value === 0} onClick={again}>
          Begin again
        </Button>
        {profile.value === null ? (
          <Button kind="primary" onClick={next}>
            Next
          </Button>
        ) : (
          <Button kind="primary" icon="check" onClick={keep}>
            Keep it
          </Button>
        )}
      </div>
    </dialog>
  );
}

interface FineProps {
  readonly profile: GamepadProfile;
  readonly onChange: (profile: GamepadProfile) => void;
}

/** What the device says now, through the new profile; and what taste decides. */
function Fine({ profile, onChange }: FineProps) {
  const values = useSignal({ steering: 0, throttle: 0, brake: 0 });
  useEffect(() => {
    let request = requestAnimationFrame(function look() {
      const pad = connectedPad();
      if (pad !== null) {
        const [steering, throttle, brake] = [profile.steering, profile.throttle, profile.brake].map((source) =>
          standing(pad, source),
        ) as [number, number, number];
        values.value = { steering, throttle, brake };
      }
      request = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(request);
  }, [profile, values]);
  const { steering, throttle, brake } = values.value;
  return (
    <>
      <dl class={styles.bars}>
        <dt>Steering</dt>
        <dd>
          {/* Left is positive and lies on the left. */}
          <meter min={-1} max={1} value={-steering} aria-label="Steering" />
        </dd>
        <dt>Accelerator</dt>
        <dd>
          <meter min={0} max={1} value={Math.max(0, throttle)} aria-label="Accelerator" />
        </dd>
        <dt>Brake</dt>
        <dd>
          <meter min={0} max={1} value={Math.max(0, brake)} aria-label="Brake" />
        </dd>
      </dl>
      <Slider
        label="Steering wheel of the car at the end"
        value={Math.round(profile.reach * DEGREES)}
        min={45}
        max={540}
        step={5}
        format={(value) => `${value}°`}
        onChange={(value) => onChange({ ...profile, reach: value / DEGREES })}
      />
      <Slider
        label="Dead zone"
        value={profile.steering.axis.deadZone}
        min={0}
        max={0.3}
        step={0.01}
        format={(value) => `${Math.round(value * 100)} %`}
        onChange={(deadZone) =>
          onChange({ ...profile, steering: { ...profile.steering, axis: { ...profile.steering.axis, deadZone } } })
        }
      />
      <Slider
        label="Finer in the middle"
        value={profile.exponent}
        min={1}
        max={3}
        step={0.1}
        format={(value) => (value === 1 ? 'linear' : value.toFixed(1))}
        onChange={(exponent) => onChange({ ...profile, exponent })}
      />
      <p class={styles.note}>Browsers cannot push back through the wheel: there is no force feedback.</p>
    </>
  );
}
