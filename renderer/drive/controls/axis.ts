/** How one axis of a device is read. */
export interface AxisCalibration {
  /** Raw values at rest and at both ends. For a pedal `rest` is the released end. */
  readonly low: number;
  readonly rest: number;
  readonly high: number;
  /** Share of the travel around rest that counts as nothing, 0 to 0.5. */
  readonly deadZone: number;
}

/**
 * Raw axis value to -1 … 1: 0 inside the dead zone, continuous at its edge, -1 and 1 at the calibrated ends.
 * Ends may be swapped (`low` above `high`), which turns the axis around.
 */
export function readAxis(raw: number, { low, rest, high, deadZone }: AxisCalibration): number {
  const towardsHigh = (raw - rest) * (high - rest) > 0;
  const span = towardsHigh ? high - rest : rest - low;
  if (span === 0) return 0;
  const travel = Math.min(1, Math.abs((raw - rest) / span));
  const felt = travel <= deadZone ? 0 : (travel - deadZone) / (1 - deadZone);
  return towardsHigh || felt === 0 ? felt : -felt;
}
