import { z } from 'zod';

/** What a message tells of the vehicle; each in the unit of its `Quantity`. */
export interface Quantity {
  /** The column, or `roadWheelAngle` [rad, left positive], which the steering ratio turns into `steeringAngle`. */
  readonly column: 'steeringAngle' | 'roadWheelAngle' | 'torque' | 'speed';
  /** Place of the number in the message. */
  readonly field: readonly string[];
  readonly unit: string;
}

const wheelAngle = (field: string): Quantity => ({
  column: 'steeringAngle',
  field: [field],
  unit: 'rad of the steering wheel, left positive',
});
const roadAngle = (...field: string[]): Quantity => ({
  column: 'roadWheelAngle',
  field,
  unit: 'rad at the road wheels, left positive',
});
const speed = (...field: string[]): Quantity => ({ column: 'speed', field, unit: 'm/s' });

/** Dataspeed's report of its drive-by-wire kits, in cars of Udacity and many others. */
const DATASPEED: readonly Quantity[] = [
  wheelAngle('steering_wheel_angle'),
  { column: 'torque', field: ['steering_wheel_torque'], unit: 'N·m at the steering wheel, left positive' },
  speed('speed'),
];

/**
 * Types of messages that tell of the vehicle, the most trustworthy first: a report before a command. Units and signs
 * follow from the definitions (REP 103: left is positive).
 */
export const VEHICLE_TYPES: ReadonlyMap<string, readonly Quantity[]> = new Map([
  ['dbw_mkz_msgs/SteeringReport', DATASPEED],
  ['dbw_fca_msgs/SteeringReport', DATASPEED],
  ['dbw_ford_msgs/SteeringReport', DATASPEED],
  ['autoware_vehicle_msgs/SteeringReport', [roadAngle('steering_tire_angle')]],
  ['autoware_auto_vehicle_msgs/SteeringReport', [roadAngle('steering_tire_angle')]],
  ['autoware_vehicle_msgs/VelocityReport', [speed('longitudinal_velocity')]],
  ['autoware_auto_vehicle_msgs/VelocityReport', [speed('longitudinal_velocity')]],
  ['nav_msgs/Odometry', [speed('twist', 'twist', 'linear', 'x')]],
  ['ackermann_msgs/AckermannDriveStamped', [roadAngle('drive', 'steering_angle'), speed('drive', 'speed')]],
  ['ackermann_msgs/AckermannDrive', [roadAngle('steering_angle'), speed('speed')]],
]);

/** @returns the number, or what is wrong with it */
export function readQuantity(content: unknown, { field }: Quantity): number | { readonly fault: string } {
  let value: unknown = content;
  for (const part of field) value = (value as Record<string, unknown> | undefined)?.[part];
  const checked = z.number().safeParse(value);
  return checked.success ? checked.data : { fault: checked.error.issues[0]!.message };
}
