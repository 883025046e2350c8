import {
  BufferAttribute,
  type BufferGeometry,
  DynamicDrawUsage,
  type Frustum,
  type Material,
  Mesh,
  Sphere,
  type Vector3,
} from 'three/webgpu';

/** A part of a batch that is shown or hidden as a whole, at one of several levels of detail. */
export interface BatchPiece {
  readonly middle: Vector3;
  /** [m] */
  readonly radius: number;
  /** Triangles of each level, finest first, as indices into the batch's vertices. */
  readonly levels: readonly ArrayLike<number>[];
}

/** Where a camera stands and what it sees. */
export interface Viewpoint {
  readonly frustum: Frustum;
  readonly position: Vector3;
  /** Focal length [px]. */
  readonly focal: number;
}

/**
 * Many pieces drawn in one call. Which pieces are in view, and how fine, is decided anew for each picture by writing the
 * index buffer: on software drivers calls and triangles are dear and the processor's choice is cheap.
 */
export class Batch {
  readonly mesh: Mesh;
  readonly #pieces: readonly BatchPiece[];
  readonly #index: BufferAttribute;
  readonly #sphere = new Sphere();
  readonly #chosen: number[][];

  /** @param geometry the vertices of all pieces, without an index */
  constructor(geometry: BufferGeometry, pieces: readonly BatchPiece[], material: Material, order: number) {
    this.#pieces = pieces;
    const most = pieces.reduce((sum, { levels }) => sum + Math.max(...levels.map((level) => level.length)), 0);
    this.#index = new BufferAttribute(new Uint32Array(Math.max(3, most)), 1);
    this.#index.setUsage(DynamicDrawUsage);
    this.#chosen = Array.from({ length: Math.max(0, ...pieces.map(({ levels }) => levels.length)) }, () => []);
    geometry.setIndex(this.#index);
    this.mesh = new Mesh(geometry, material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = order;
  }

  /**
   * Chooses what is drawn next.
   * @param reach up to which distance each level is good [m]; what is beyond the last is left out
   */
  choose({ frustum, position }: Viewpoint, reach: readonly number[]): void {
    for (const level of this.#chosen) level.length = 0;
    for (const [i, { middle, radius }] of this.#pieces.entries()) {
      this.#sphere.center = middle;
      this.#sphere.radius = radius;
      if (!frustum.intersectsSphere(this.#sphere)) continue;
      const distance = Math.hypot(middle.x - position.x, middle.y - position.y) - radius;
      const level = reach.findIndex((limit) => distance < limit);
      if (level >= 0) this.#chosen[Math.min(level, this.#chosen.length - 1)]!.push(i);
    }
    const indices = this.#index.array as Uint32Array;
    let count = 0;
    // The nearest first: what they cover need not be computed.
    for (const [level, pieces] of this.#chosen.entries()) {
      for (const piece of pieces) {
        const triangles = this.#pieces[piece]!.levels[level]!;
        indices.set(triangles, count);
        count += triangles.length;
      }
    }
    this.mesh.visible = count > 0;
    this.mesh.geometry.setDrawRange(0, count);
    this.#index.clearUpdateRanges();
    this.#index.addUpdateRange(0, count);
    this.#index.needsUpdate = true;
  }
}
