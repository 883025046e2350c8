/** A place in the coordinates of a road's source: x east, y north, z up [m]. */
export interface SourcePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A point of the reference line. */
export interface TrackPoint {
  /** Position [m]. */
  x: number;
  y: number;
  z: number;
  /** Direction of travel, counter-clockwise from the x axis [rad]. */
  heading: number;
  /** Horizontal curvature, positive in left bends [1/m]. */
  curvature: number;
  /** Slope along the road, dz/ds, positive uphill [1]. */
  grade: number;
  /** Superelevation: lateral slope angle, positive when the left side is higher [rad]. */
  bank: number;
}

/** Where a position lies relative to the reference line. */
export interface TrackPosition {
  /** Arc length along the reference line [m]; in [0, length) on a closed track. */
  s: number;
  /** Lateral offset from the reference line, left positive [m]. */
  lateral: number;
}

export type MarkingStyle = 'solid' | 'dashed' | 'double-solid';

/** A painted line along the whole road. */
export interface Marking {
  readonly style: MarkingStyle;
  readonly colour: 'white' | 'yellow';
  /** Width of one stripe [m]. */
  readonly width: number;
  /** Lateral offset of its middle from the reference line at `s`, left positive [m]. */
  offset(s: number): number;
  /** How much of the paint is left at `s`, from 0, missing, to 1, fresh; fresh everywhere when absent. */
  visibility?(s: number): number;
}

export type StripKind = 'kerb' | 'sidewalk' | 'parking' | 'median';

/** A strip along the road that looks different from the asphalt; on the pavement, or beside it. */
export interface Strip {
  readonly kind: StripKind;
  /** Lateral offsets of its two sides from the reference line, left positive; `left` > `right` [m]. */
  left(s: number): number;
  right(s: number): number;
  /** Height of its top above the road's surface [m]. */
  readonly height: number;
  /** Whether it is there at `s`; everywhere when absent. */
  present?(s: number): boolean;
}

export type BarrierKind = 'guard-rail' | 'wall';

/** Something long that stands along a stretch of the road. Only drawn; nothing collides with it. */
export interface Barrier {
  readonly kind: BarrierKind;
  /** Stretch of the reference line [m]; `to` > `from`, and beyond the length where it runs over a closed track's start. */
  readonly from: number;
  readonly to: number;
  /** Lateral offset from the reference line, left positive [m]. */
  offset(s: number): number;
  /** Height of its top above the road's surface [m]. */
  readonly height: number;
}

/** A car that stands at the roadside. */
export interface ParkedCar {
  /** Where its middle stands: arc length [m] and lateral offset, left positive [m]. */
  readonly s: number;
  readonly lateral: number;
  /** Direction relative to the road's [rad]. */
  readonly turn: number;
  /** Picks a look, in [0, 1). */
  readonly variant: number;
}

/** What the pavement is made of. `two-tone`: one plain colour on another, without any texture. */
export type SurfaceKind = 'asphalt' | 'concrete' | 'two-tone';

export type SceneryKind = 'tree' | 'conifer' | 'bush' | 'post' | 'sign' | 'house' | 'rock' | 'lamp';

/** One thing that stands beside the road. Only drawn; nothing collides with it. */
export interface SceneryItem {
  readonly kind: SceneryKind;
  /** Position of its foot [m]. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Rotation about z [rad]. */
  readonly yaw: number;
  /** Height [m]. */
  readonly height: number;
  /** Picks a look among those of its kind, in [0, 1). */
  readonly variant: number;
}

/**
 * A road: reference line, lanes, markings and scenery. The reference line of a road that is made from a seed is the line
 * between opposing traffic, and the driving lane lies right of it; that of a road from a file may lie elsewhere. All functions of `s` wrap on closed tracks and clamp on open ones.
 */
export interface Track {
  readonly id: string;
  readonly name: string;
  /** e.g. `country`. */
  readonly family: string;
  readonly closed: boolean;
  /** What was tolerated in its file or left out of it, for the person who gave it; one line a kind. */
  readonly notes?: readonly string[];
  /** Length of the reference line [m]. */
  readonly length: number;
  /**
   * Where the world's (0, 0, 0) lies in the coordinates of the file that the road comes from: those are `origin` plus the
   * world's, without any rotation. Absent where the road is measured in the world itself, as built-in roads are.
   */
  readonly origin?: SourcePoint;
  /** Fills and returns `out` (or a new point). */
  pointAt(s: number, out?: TrackPoint): TrackPoint;
  /**
   * The nearest point of the reference line. With `hint` (the last known s) only the neighbourhood of that place is
   * searched, which is quick and cannot jump to another part of the road.
   */
  project(x: number, y: number, hint?: number, out?: TrackPosition): TrackPosition;
  /** Lateral offset of the middle of the driving lane from the reference line, left positive [m]. */
  laneCentre(s: number): number;
  /** Width of the driving lane [m]. */
  laneWidth(s: number): number;
  /** Lateral offset of the left and right edge of the paved surface, left positive [m]. */
  leftEdge(s: number): number;
  rightEdge(s: number): number;
  /** The side of the road on which traffic drives; right when absent. */
  readonly drivingSide?: 'left' | 'right';
  /**
   * Lateral offset of the middle of the lane in which traffic comes towards us, left positive [m]. When absent it is our
   * lane, mirrored at the reference line, where the road has that room.
   */
  oncomingCentre?(s: number): number;
  /** Width of the gravel or grass shoulder beyond each paved edge [m]. */
  readonly shoulderWidth: number;
  readonly markings: readonly Marking[];
  readonly scenery: readonly SceneryItem[];
  /** Kerbs, pavements for walkers and the like; none when absent. */
  readonly strips?: readonly Strip[];
  readonly barriers?: readonly Barrier[];
  readonly parkedCars?: readonly ParkedCar[];
  /** `asphalt` when absent. */
  readonly surfaceKind?: SurfaceKind;
  /** Speed limit [m/s]. */
  speedLimit(s: number): number;
}
