import type { ReferenceLine } from './line/reference-line.ts';
import type {
  Barrier,
  Marking,
  ParkedCar,
  SceneryItem,
  SourcePoint,
  Strip,
  SurfaceKind,
  Track,
  TrackPoint,
  TrackPosition,
} from './track.ts';

/** The third dimension of a road. */
export interface RoadSurface {
  /** Fills in z, grade and bank; the other fields of `point` are those of the reference line at `s`. */
  shape(s: number, point: TrackPoint): void;
}

/** Level everywhere. */
export const LEVEL: RoadSurface = {
  shape(_s, point) {
    point.z = 0;
    point.grade = 0;
    point.bank = 0;
  },
};

/** Lateral offsets [m] and widths [m] along the road, left positive. */
export type CrossSection = Pick<
  Track,
  'laneCentre' | 'laneWidth' | 'leftEdge' | 'rightEdge' | 'shoulderWidth' | 'markings'
>;

/** What stands on and beside a track, and what it is called. */
type Furnishing = Pick<
  Track,
  | 'id'
  | 'name'
  | 'family'
  | 'drivingSide'
  | 'oncomingCentre'
  | 'notes'
  | 'origin'
  | 'scenery'
  | 'strips'
  | 'barriers'
  | 'parkedCars'
  | 'surfaceKind'
>;

export interface RoadParts extends Furnishing {
  readonly line: ReferenceLine;
  readonly surface: RoadSurface;
  readonly crossSection: CrossSection;
  /** [m/s], one for all or at `s` */
  readonly speedLimit: number | ((s: number) => number);
}

/** A track put together from its parts. */
export class Road implements Track {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly closed: boolean;
  readonly length: number;
  readonly origin?: SourcePoint;
  readonly shoulderWidth: number;
  readonly markings: readonly Marking[];
  readonly scenery: readonly SceneryItem[];
  readonly strips: readonly Strip[];
  readonly barriers: readonly Barrier[];
  readonly parkedCars: readonly ParkedCar[];
  readonly surfaceKind: SurfaceKind;
  readonly drivingSide: 'left' | 'right';
  readonly oncomingCentre?: (s: number) => number;
  readonly notes: readonly string[];
  readonly #line: ReferenceLine;
  readonly #surface: RoadSurface;
  readonly #crossSection: CrossSection;
  readonly #speedLimit: (s: number) => number;

  constructor(parts: RoadParts) {
    this.id = parts.id;
    this.name = parts.name;
    this.family = parts.family;
    this.closed = parts.line.closed;
    this.length = parts.line.length;
    if (parts.origin) this.origin = parts.origin;
    this.shoulderWidth = parts.crossSection.shoulderWidth;
    this.markings = parts.crossSection.markings;
    this.scenery = parts.scenery;
    this.strips = parts.strips ?? [];
    this.barriers = parts.barriers ?? [];
    this.parkedCars = parts.parkedCars ?? [];
    this.surfaceKind = parts.surfaceKind ?? 'asphalt';
    this.drivingSide = parts.drivingSide ?? 'right';
    const { oncomingCentre, speedLimit } = parts;
    if (oncomingCentre) this.oncomingCentre = (s) => oncomingCentre(parts.line.wrap(s));
    this.notes = parts.notes ?? [];
    this.#speedLimit = typeof speedLimit === 'number' ? () => speedLimit : speedLimit;
    this.#line = parts.line;
    this.#surface = parts.surface;
    this.#crossSection = parts.crossSection;
  }

  pointAt(s: number, out?: TrackPoint): TrackPoint {
    const point = out ?? { x: 0, y: 0, z: 0, heading: 0, curvature: 0, grade: 0, bank: 0 };
    this.#line.pointAt(s, point);
    this.#surface.shape(this.#line.wrap(s), point);
    return point;
  }

  project(x: number, y: number, hint?: number, out?: TrackPosition): TrackPosition {
    return this.#line.project(x, y, hint, out ?? { s: 0, lateral: 0 });
  }

  laneCentre(s: number): number {
    return this.#crossSection.laneCentre(this.#line.wrap(s));
  }

  laneWidth(s: number): number {
    return this.#crossSection.laneWidth(this.#line.wrap(s));
  }

  leftEdge(s: number): number {
    return this.#crossSection.leftEdge(this.#line.wrap(s));
  }

  rightEdge(s: number): number {
    return this.#crossSection.rightEdge(this.#line.wrap(s));
  }

  speedLimit(s: number): number {
    return this.#speedLimit(this.#line.wrap(s));
  }
}
