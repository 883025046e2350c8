import { type About, type Add, percent } from './finding-rule.ts';
import { steersInPulses } from './steering-habits.ts';

const LABEL_NAMES = { steeringAngle: 'steering angle', speed: 'speed', torque: 'steering torque' };

/** What is to be said about the labels and how somebody steered. */
export function labelFindings({ columns, steering }: About, add: Add): void {
  for (const [name, title] of Object.entries(LABEL_NAMES)) {
    const column = columns[name];
    if (column === undefined) {
      if (name === 'steeringAngle')
        add('error', 'no-steering', 'There is no steering angle.', 'Use another recording.');
      else
        add('info', `no-${name}`, `There is no ${title}.`, 'The loss of that head is masked; it learns nothing here.');
    } else if (column.missing > 0) {
      const message = `${percent(column.missing / (column.missing + column.count))} of the samples have no ${title}.`;
      add('warning', `missing-${name}`, message, 'The loss is masked there; check the source.');
    }
  }
  const angle = columns.steeringAngle;
  if (angle === undefined || steering === undefined || angle.count === 0) return;
  const largest = Math.max(Math.abs(angle.min), Math.abs(angle.max));
  if (largest > 5 * Math.PI) {
    const message = `The wheel turns by ${((largest * 180) / Math.PI).toFixed(0)} degrees.`;
    add('error', 'steering-unit', message, 'No car does that: check the unit and the steering ratio.');
  }
  if (angle.deviation < 0.005) {
    add(
      'error',
      'no-turns',
      'The wheel never moves.',
      'Check that the steering was recorded; train on a road with bends.',
    );
    return;
  }
  if (steering.straightShare > 0.6) {
    const message = `${percent(steering.straightShare)} of the samples are dead straight.`;
    add('warning', 'straight', message, 'Balance over steering angle, or a network learns to go straight on.');
  }
  if (steering.leftShare < 0.25 || steering.leftShare > 0.75) {
    const side = steering.leftShare > 0.5 ? 'left' : 'right';
    const message = `Of the turns, ${percent(Math.max(steering.leftShare, 1 - steering.leftShare))} go ${side}.`;
    add('warning', 'one-sided', message, 'Mirror at random while training.');
  }
  if (steersInPulses(steering)) {
    const how = steering.levels < Math.min(60, steering.moved / 4) ? 'a keyboard' : 'a keyboard or a mouse';
    const message =
      `The wheel rests at one angle in ${percent(steering.restShare)} of the samples and leaves it in ${steering.pulses} ` +
      `pulses of ${steering.pulseSeconds.toFixed(2)} s: ${how}.`;
    add(
      'warning',
      'pulses',
      message,
      'Training smooths such steering over time by itself; an analogue wheel or stick records better.',
    );
  }
}
