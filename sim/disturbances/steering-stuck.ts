import { defineDisturbance } from './disturbance.ts';

/** The column's servo holds the wheel, whether the driver steers by angle or by torque. */
export const steeringStuck = defineDisturbance({
  kind: 'steering-stuck',
  description: 'The steering wheel stays where it is, whatever is asked of it',
  span: 'time',
  amounts: {},
  make() {
    let steeringAngle = 0;
    return {
      begin({ state }) {
        steeringAngle = state.steeringWheelAngle;
      },
      relocated(state) {
        steeringAngle = state.steeringWheelAngle;
      },
      demand: (demand) => ({ ...demand, torqueShare: 0, steeringAngle }),
    };
  },
});
