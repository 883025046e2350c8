import { cos, sin } from '../../maths/deterministic.ts';
import type { RandomStream } from '../../random/stream.ts';
import type { CrossSection } from '../road.ts';
import type { SceneryItem, SceneryKind, TrackPoint, TrackPosition } from '../track.ts';

/** The road that scenery stands beside. */
export interface BareRoad {
  readonly length: number;
  readonly crossSection: CrossSection;
  pointAt(s: number): TrackPoint;
  project(x: number, y: number): TrackPosition;
}

/** Free ground that an item needs around its foot [m]. */
const FOOTPRINT: Record<SceneryKind, number> = {
  tree: 1.6,
  conifer: 1.4,
  bush: 1,
  post: 0.15,
  sign: 0.4,
  house: 8,
  rock: 1.2,
  lamp: 0.3,
};

/** Puts things beside a road, and refuses what would stand on it or on its shoulders. */
export class Planter {
  readonly items: SceneryItem[] = [];
  readonly #road: BareRoad;
  readonly #chance: RandomStream;

  constructor(road: BareRoad, chance: RandomStream) {
    this.#road = road;
    this.#chance = chance;
  }

  /**
   * Places one thing.
   * @param s where along the road [m]
   * @param beyond distance of its foot from the outer edge of the shoulder [m]
   * @param side 1 on the left, -1 on the right
   * @param facing direction of its front relative to the road's [rad]
   * @param apart least distance to the things already there [m]
   * @returns whether it fits
   */
  place(
    kind: SceneryKind,
    s: number,
    beyond: number,
    side: 1 | -1,
    height: number,
    facing: number,
    apart = 0,
  ): boolean {
    const { crossSection } = this.#road;
    const point = this.#road.pointAt(s);
    const edge = side > 0 ? crossSection.leftEdge(s) : -crossSection.rightEdge(s);
    const offset = side * (edge + crossSection.shoulderWidth + beyond);
    const x = point.x - offset * sin(point.heading);
    const y = point.y + offset * cos(point.heading);
    const at = this.#road.project(x, y);
    const nearEdge = at.lateral > 0 ? crossSection.leftEdge(at.s) : -crossSection.rightEdge(at.s);
    if (Math.abs(at.lateral) < nearEdge + crossSection.shoulderWidth + FOOTPRINT[kind]) return false;
    if (apart > 0 && this.items.some((item) => this.#isNear(item, x, y, apart))) return false;
    const z = this.#road.pointAt(at.s).z;
    this.items.push({ kind, x, y, z, yaw: point.heading + facing, height, variant: this.#chance.uniform() });
    return true;
  }

  #isNear(item: SceneryItem, x: number, y: number, apart: number): boolean {
    const reach = Math.max(apart, FOOTPRINT[item.kind]);
    return (item.x - x) * (item.x - x) + (item.y - y) * (item.y - y) < reach * reach;
  }
}

/** Reflector posts at both edges of the road, closer together in bends. */
export function plantPosts(planter: Planter, road: BareRoad): void {
  for (let s = 0; s < road.length - 12; ) {
    for (const side of [1, -1] as const) planter.place('post', s, 0.35, side, 0.95, side > 0 ? 0 : Math.PI);
    s += Math.abs(road.pointAt(s).curvature) > 1 / 120 ? 15 : 40;
  }
}

/** A sign before each bend that is sharper than a radius, turned towards who drives there. */
export function plantBendSigns(planter: Planter, road: BareRoad, radius: number): void {
  let sinceBend = Infinity;
  for (let s = 0; s < road.length; s += 2) {
    if (Math.abs(road.pointAt(s + 45).curvature) > 1 / radius) {
      if (sinceBend > 60) planter.place('sign', s, 0.9, -1, 2.4, Math.PI, 2);
      sinceBend = 0;
    } else sinceBend += 2;
  }
}

/** What grows beside a road. */
export interface Growth {
  /** Plants per metre of road, both sides together. */
  readonly density: number;
  /** Share of the plants that are conifers, and that are bushes, in [0, 1]. */
  readonly conifers: number;
  readonly bushes: number;
  /** Distance from the shoulder in which they stand, from and to [m]. */
  readonly range: readonly [number, number];
}

/** Woods, thickets and clearings: plants stand in groups of one kind. */
export function plantGrowth(planter: Planter, road: BareRoad, growth: Growth, chance: RandomStream): void {
  for (const side of [1, -1] as const) {
    for (let s = 0; s < road.length; ) {
      const stretch = chance.uniform(20, 90);
      const lushness = chance.uniform() < 0.25 ? 0.1 : chance.uniform(0.5, 1.6);
      const draw = chance.uniform();
      const main: SceneryKind =
        draw < growth.bushes
          ? 'bush'
          : draw < growth.bushes + growth.conifers * (1 - growth.bushes)
            ? 'conifer'
            : 'tree';
      const count = Math.round((growth.density / 2) * lushness * stretch);
      for (let i = 0; i < count; i++) {
        const kind = chance.uniform() < 0.75 ? main : 'bush';
        // More of them near the road, where they are seen.
        const depth = chance.uniform();
        const beyond = growth.range[0] + (growth.range[1] - growth.range[0]) * depth * depth;
        const height =
          kind === 'bush'
            ? chance.uniform(0.7, 2.2)
            : kind === 'conifer'
              ? chance.uniform(6, 16)
              : chance.uniform(5, 12);
        const at = s + chance.uniform(0, stretch);
        planter.place(kind, at, beyond, side, height, chance.uniform(0, 2 * Math.PI), kind === 'bush' ? 1.2 : 2.8);
      }
      s += stretch;
    }
  }
}

/** Houses that look at the road, in small groups. */
export function plantHouses(planter: Planter, road: BareRoad, perKilometre: number, chance: RandomStream): void {
  const wanted = Math.round((perKilometre * road.length) / 1000);
  for (let group = 0; group * 2 < wanted; group++) {
    const s = chance.uniform(0, road.length);
    const side = chance.uniform() < 0.5 ? 1 : -1;
    for (let i = 0; i < 2; i++) {
      const facing = side > 0 ? -Math.PI / 2 : Math.PI / 2;
      const beyond = chance.uniform(13, 24);
      planter.place(
        'house',
        s + i * 24,
        beyond,
        side,
        chance.uniform(5, 8.5),
        facing + chance.uniform(-0.15, 0.15),
        18,
      );
    }
  }
}
