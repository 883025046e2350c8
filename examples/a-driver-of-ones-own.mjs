// A driver of one's own: checked, evaluated on a suite, and compared with the expert.
//
//   node examples/a-driver-of-ones-own.mjs
import { checkDriver, compareEvaluations, evaluate, readSuite } from 'wheelhouse-testbed';

/** Steers towards the middle of the lane, a point that it sees in a second; it may know the road and the car's state. */
function createPursuer() {
  let view;
  return {
    name: 'pursuer',
    needsFrames: false,
    start(episode) {
      view = episode;
    },
    drive() {
      const { track, vehicle } = view;
      const { x, y, yaw } = view.truth();
      const ahead = 10;
      const s = track.project(x, y).s + ahead;
      const { x: roadX, y: roadY, heading } = track.pointAt(s);
      const lane = track.laneCentre(s);
      const [dx, dy] = [roadX - lane * Math.sin(heading) - x, roadY + lane * Math.cos(heading) - y];
      // Pure pursuit (Coulter 1992): the arc that leads to the point.
      const curvature = (2 * (dy * Math.cos(yaw) - dx * Math.sin(yaw))) / (dx * dx + dy * dy);
      const roadWheelAngle = Math.atan(curvature * vehicle.wheelbase);
      return { steeringAngle: roadWheelAngle * vehicle.steeringRatio, speed: 6, torque: 0 };
    },
  };
}

const { passed, checks } = await checkDriver(createPursuer);
for (const check of checks) console.log(`${check.passed ? 'ok  ' : 'FAIL'} ${check.name}: ${check.what}`);
if (!passed) process.exit(1);

const suite = readSuite(
  {
    version: 1,
    name: 'two-roads',
    description: 'Two short roads',
    defaults: { seed: 1, route: 120 },
    episodes: [
      { id: 'country', track: 'country:7' },
      { id: 'mountain', track: 'mountain:3' },
    ],
  },
  'the example',
);
const mine = await evaluate({ driver: createPursuer, suite });
const experts = await evaluate({ driver: 'expert', suite });
console.log(`autonomy: pursuer ${mine.summary.autonomy} %, expert ${experts.summary.autonomy} %`);

const { means, caveats } = compareEvaluations(mine, experts);
for (const [metric, { first, second }] of Object.entries(means)) console.log(`${metric}: ${first} against ${second}`);
for (const caveat of caveats) console.log(`mind: ${caveat}`);
