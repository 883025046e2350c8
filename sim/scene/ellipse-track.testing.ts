import type { SceneryItem, Track, TrackPoint } from '../track/track.ts';

/** A closed two-lane road on an ellipse with a swell, for tests of what is drawn. */
export function ellipseTrack(options: { a?: number; b?: number; swell?: number; scenery?: boolean } = {}): Track {
  const { a = 140, b = 90, swell = 4, scenery = true } = options;
  const count = 4096;
  const table: { s: number; t: number }[] = [];
  let s = 0;
  const at = (t: number) => ({ x: a * Math.cos(t), y: b * Math.sin(t) });
  for (let i = 0; i <= count; i++) {
    const t = (2 * Math.PI * i) / count;
    if (i > 0) {
      const p = at(t);
      const q = at((2 * Math.PI * (i - 1)) / count);
      s += Math.hypot(p.x - q.x, p.y - q.y);
    }
    table.push({ s, t });
  }
  const length = s;
  const parameter = (arc: number) => {
    const wrapped = ((arc % length) + length) % length;
    let low = 0;
    let high = count;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (table[middle]!.s <= wrapped) low = middle;
      else high = middle;
    }
    const from = table[low]!;
    const to = table[high]!;
    return from.t + ((wrapped - from.s) / (to.s - from.s)) * (to.t - from.t);
  };
  const pointAt = (
    arc: number,
    out: TrackPoint = { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 },
  ) => {
    const t = parameter(arc);
    const { x, y } = at(t);
    const speed = Math.hypot(a * Math.sin(t), b * Math.cos(t));
    out.x = x;
    out.y = y;
    out.z = swell * Math.sin(2 * t);
    out.heading = Math.atan2(b * Math.cos(t), -a * Math.sin(t));
    out.curvature = (a * b) / speed ** 3;
    out.grade = (2 * swell * Math.cos(2 * t)) / speed;
    out.bank = 0;
    return out;
  };
  const items: SceneryItem[] = [];
  const kinds = ['tree', 'conifer', 'bush', 'post', 'sign', 'house', 'rock', 'lamp'] as const;
  if (scenery) {
    let state = 7;
    const random = () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648;
    };
    const tall = { tree: 9, conifer: 13, bush: 1.6, post: 1, sign: 2.4, house: 7, rock: 1.2, lamp: 6 };
    const near = { tree: 9, conifer: 11, bush: 7, post: 5.2, sign: 6, house: 22, rock: 8, lamp: 6 };
    for (let i = 0; i < 520; i++) {
      const kind = i % 9 === 0 ? kinds[(i / 9) % 8]! : random() < 0.5 ? 'tree' : random() < 0.6 ? 'conifer' : 'bush';
      const point = pointAt(random() * length);
      const side = random() < 0.5 ? -1 : 1;
      const lateral = side * (near[kind] + (kind === 'tree' || kind === 'conifer' ? random() ** 2 * 60 : 0));
      items.push({
        kind,
        x: point.x - Math.sin(point.heading) * lateral,
        y: point.y + Math.cos(point.heading) * lateral,
        z: point.z,
        yaw: point.heading + (kind === 'sign' || kind === 'post' ? 0 : random() * 6),
        height: tall[kind] * (0.7 + 0.6 * random()),
        variant: random(),
      });
    }
  }
  return {
    id: 'ellipse',
    name: 'Ellipse',
    family: 'test',
    closed: true,
    length,
    pointAt,
    project(x, y, hint, out = { s: 0, lateral: 0 }) {
      let best = 0;
      let distance = Number.POSITIVE_INFINITY;
      const point = pointAt(0);
      const search = (from: number, to: number, step: number) => {
        for (let arc = from; arc <= to; arc += step) {
          pointAt(arc, point);
          const d = Math.hypot(x - point.x, y - point.y);
          if (d < distance) {
            distance = d;
            best = arc;
          }
        }
      };
      if (hint === undefined) search(0, length, 5);
      else search(hint - 12, hint + 12, 3);
      for (const step of [1, 0.1, 0.005]) search(best - 5 * step, best + 5 * step, step);
      pointAt(best, point);
      out.s = ((best % length) + length) % length;
      out.lateral = -(x - point.x) * Math.sin(point.heading) + (y - point.y) * Math.cos(point.heading);
      return out;
    },
    laneCentre: () => -1.75,
    laneWidth: () => 3.5,
    leftEdge: () => 3.7,
    rightEdge: () => -3.7,
    shoulderWidth: 1,
    markings: [
      { style: 'dashed', colour: 'yellow', width: 0.12, offset: () => 0 },
      { style: 'solid', colour: 'white', width: 0.12, offset: () => 3.5 },
      { style: 'solid', colour: 'white', width: 0.12, offset: () => -3.5 },
    ],
    scenery: items,
    speedLimit: () => 20,
  };
}
