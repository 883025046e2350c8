/** Steering below this is straight on [rad]. */
const STRAIGHT = (2 * Math.PI) / 180;
/** A change of more than this within one step is a jump that no hand makes [rad/s]. */
const JUMP = 5;
/** Below this the car hardly moves [m/s]. */
const STANDING = 1;
/** Nothing is said before this many samples: 10 s at 20 Hz. */
const FIRST = 200;

/** Looks at a drive while it is recorded, and says what would make it a better teacher. */
export class QualityWatch {
  #count = 0;
  #straight = 0;
  #left = 0;
  #jumps = 0;
  #standing = 0;
  #last: number | null = null;

  /**
   * @param steeringAngle commanded, left positive [rad]
   * @param speed [m/s]
   * @param period since the sample before [s]
   */
  see(steeringAngle: number, speed: number, period: number): void {
    this.#count++;
    if (Math.abs(steeringAngle) < STRAIGHT) this.#straight++;
    else if (steeringAngle > 0) this.#left++;
    if (this.#last !== null && Math.abs(steeringAngle - this.#last) > JUMP * period) this.#jumps++;
    if (Math.abs(speed) < STANDING) this.#standing++;
    this.#last = steeringAngle;
  }

  /** What to do better, the worst first; null when there is nothing to say (yet). */
  hint(): string | null {
    if (this.#count < FIRST) return null;
    const share = (part: number) => part / this.#count;
    const percent = (part: number) => `${Math.round(share(part) * 100)} %`;
    const turning = this.#count - this.#straight;
    if (share(this.#standing) > 0.2)
      return `The car stands still in ${percent(this.#standing)} of the frames: pause the recording while you wait.`;
    if (share(this.#jumps) > 0.05) return 'The steering jumps: turn the sensitivity down, or use a gamepad or a wheel.';
    if (share(this.#straight) > 0.85)
      return `${percent(this.#straight)} of the frames steer straight on: choose a road with more bends.`;
    if (turning > FIRST / 2 && this.#left / turning > 0.85)
      return 'Nearly all bends go left: add a drive with right-hand bends.';
    if (turning > FIRST / 2 && this.#left / turning < 0.15)
      return 'Nearly all bends go right: add a drive with left-hand bends.';
    return null;
  }
}
