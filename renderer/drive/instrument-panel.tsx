import { useComputed } from '@preact/signals';
import styles from './drive-page.module.css';
import { modelOf } from './drivers/page-drivers.ts';
import { SpeedGauge, WheelGauge } from './instruments/gauges.tsx';
import type { MarkKind } from './instruments/marks.tsx';
import { Legend, Scale } from './instruments/scale.tsx';
import type { DriveSession } from './session/drive-session.ts';
import { interventionsIn } from './session/incidents.ts';
import { setup } from './session/setup.ts';

const DEGREES = 180 / Math.PI;
/** Ends of the scales: 90° of steering wheel [rad], 108 km/h [m/s], 6 N·m. */
const ANGLE_END = Math.PI / 2;
const SPEED_END = 30;
const TORQUE_END = 6;

/** Whose marks are whose while a drive of the past is shown. */
const PAST_NAMES: Readonly<Record<MarkKind, string>> = {
  car: 'Car as it was',
  person: 'Recorded',
  driver: 'Model',
  expert: 'Expert',
};

/** Wheel, speed, and the three outputs side by side: the car's, the person's, the model's and the expert's. */
export function InstrumentPanel({ session }: { session: DriveSession }) {
  const angle = useComputed(() => session.readings.car.value.steeringWheelAngle);
  const speed = useComputed(() => session.readings.car.value.speed);
  const torque = useComputed(() => session.readings.car.value.handTorque);
  const limit = useComputed(() => session.track.value?.speedLimit(session.readings.progress.value) ?? null);
  const past = session.ofThePast.value;
  const hasModel = past || modelOf(setup.value.driver) !== null;
  const marks = (field: 'steeringAngle' | 'speed' | 'torque') => ({
    person: useComputed(() => session.readings.commands.value.person?.[field] ?? null),
    ...(hasModel && { driver: useComputed(() => session.readings.commands.value.driver?.[field] ?? null) }),
    expert: useComputed(() => session.readings.commands.value.expert?.[field] ?? null),
  });
  const kinds: MarkKind[] = ['car', 'person', ...(hasModel ? (['driver'] as const) : []), 'expert'];
  return (
    <section class={styles.panel} aria-label="Instruments" key={`${past} ${hasModel}`}>
      <WheelGauge angle={angle} charge={session.charge} />
      <SpeedGauge speed={speed} limit={limit.value} />
      <div class={styles.scales}>
        <Scale
          name="Steering"
          low={-ANGLE_END}
          high={ANGLE_END}
          mirrored
          marks={{ car: angle, ...marks('steeringAngle') }}
          shown="car"
          format={(value) => `${(value * DEGREES).toFixed(1)}°`}
        />
        <Scale
          name="Speed"
          low={0}
          high={SPEED_END}
          marks={{ car: speed, ...marks('speed') }}
          shown="car"
          format={(value) => `${(value * 3.6).toFixed(0)} km/h`}
        />
        <Scale
          name="Torque"
          low={-TORQUE_END}
          high={TORQUE_END}
          mirrored
          marks={{ car: torque, ...marks('torque') }}
          shown="car"
          format={(value) => `${value.toFixed(1)} N·m`}
        />
        <Legend kinds={kinds.map((kind) => (past ? { kind, name: PAST_NAMES[kind] } : { kind }))} />
      </div>
      <Figures session={session} />
    </section>
  );
}

function Figures({ session }: { session: DriveSession }) {
  const time = useComputed(() => `${session.readings.time.value.toFixed(1)} s`);
  const distance = useComputed(() => `${(session.readings.progress.value / 1000).toFixed(2)} km`);
  const offset = useComputed(() => {
    const error = session.readings.lateralError.value;
    return Math.abs(error) < 0.005 ? '0.00 m' : `${Math.abs(error).toFixed(2)} m ${error > 0 ? 'left' : 'right'}`;
  });
  const helped = useComputed(() => interventionsIn(session.incidents.value));
  const pace = useComputed(() => {
    const rate = session.pictureRate.value;
    return rate === 0 ? '–' : `${rate.toFixed(0)} /s, ${session.pace.value.toFixed(2)}×`;
  });
  return (
    <dl class={styles.figures}>
      <dt>Time</dt>
      <dd>{time}</dd>
      <dt>Driven</dt>
      <dd>{distance}</dd>
      <dt>Off lane middle</dt>
      <dd>{offset}</dd>
      <dt>Interventions</dt>
      <dd>{helped}</dd>
      <dt>Pictures, pace</dt>
      <dd>{pace}</dd>
    </dl>
  );
}
