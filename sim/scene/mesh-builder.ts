import { BufferAttribute, BufferGeometry, DynamicDrawUsage } from 'three/webgpu';

/**
 * Collects the triangles of a mesh. Normals and colours are packed into bytes: software drivers spend most of their time
 * on reading vertices.
 */
export class MeshBuilder {
  #positions = new Float32Array(3 * 256);
  #normals = new Int8Array(4 * 256);
  #colours = new Uint8Array(4 * 256);
  #vertices = 0;
  readonly #indices: number[] = [];

  get vertexCount(): number {
    return this.#vertices;
  }

  /**
   * @param nx, ny, nz unit normal
   * @param red, green, blue linear, in [0, 1]; the square root is stored, so that dark tones keep their steps
   * @param extra in [0, 1], alpha or whatever the material makes of it
   * @param glow light of its own at night, in [0, 1]
   * @returns the vertex's index
   */
  vertex(
    x: number,
    y: number,
    z: number,
    nx: number,
    ny: number,
    nz: number,
    red: number,
    green: number,
    blue: number,
    extra: number,
    glow = 0,
  ): number {
    const index = this.#vertices++;
    if (index * 4 === this.#normals.length) this.#grow();
    const three = index * 3;
    const four = index * 4;
    this.#positions[three] = x;
    this.#positions[three + 1] = y;
    this.#positions[three + 2] = z;
    this.#normals[four] = Math.round(nx * 127);
    this.#normals[four + 1] = Math.round(ny * 127);
    this.#normals[four + 2] = Math.round(nz * 127);
    this.#normals[four + 3] = Math.round(glow * 127);
    this.#colours[four] = toByte(Math.sqrt(red));
    this.#colours[four + 1] = toByte(Math.sqrt(green));
    this.#colours[four + 2] = toByte(Math.sqrt(blue));
    this.#colours[four + 3] = toByte(extra);
    return index;
  }

  /** a, b, c counter-clockwise as seen from outside. */
  triangle(a: number, b: number, c: number): void {
    this.#indices.push(a, b, c);
  }

  /** a, b, c, d counter-clockwise as seen from outside. */
  quad(a: number, b: number, c: number, d: number): void {
    this.#indices.push(a, b, c, a, c, d);
  }

  /** The triangles since the last call. */
  takeTriangles(): Uint32Array {
    return Uint32Array.from(this.#indices.splice(0));
  }

  build(): BufferGeometry {
    const geometry = this.buildVertices();
    const indices = this.#vertices > 65_535 ? new Uint32Array(this.#indices) : new Uint16Array(this.#indices);
    geometry.setIndex(new BufferAttribute(indices, 1));
    return geometry;
  }

  /** The vertices alone; a batch brings the triangles. */
  buildVertices(): BufferGeometry {
    const count = this.#vertices;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(this.#positions.slice(0, count * 3), 3));
    geometry.setAttribute('normal', new BufferAttribute(this.#normals.slice(0, count * 4), 4, true));
    geometry.setAttribute('color', new BufferAttribute(this.#colours.slice(0, count * 4), 4, true));
    return geometry;
  }

  /** Begins anew, in the same memory. */
  clear(): void {
    this.#vertices = 0;
    this.#indices.length = 0;
  }

  /** Room for this many vertices and indices, all of which change from picture to picture; filled by `refill`. */
  static changing(vertices: number, indices: number): BufferGeometry {
    const geometry = new BufferGeometry();
    const add = (name: string, attribute: BufferAttribute) =>
      geometry.setAttribute(name, attribute.setUsage(DynamicDrawUsage));
    add('position', new BufferAttribute(new Float32Array(vertices * 3), 3));
    add('normal', new BufferAttribute(new Int8Array(vertices * 4), 4, true));
    add('color', new BufferAttribute(new Uint8Array(vertices * 4), 4, true));
    geometry.setIndex(new BufferAttribute(new Uint32Array(indices), 1).setUsage(DynamicDrawUsage));
    return geometry;
  }

  /** Puts what was built into a geometry of `changing`; what has no room in it is left out. */
  refill(geometry: BufferGeometry): void {
    const put = (
      attribute: BufferAttribute,
      values: Float32Array | Int8Array | Uint8Array | number[],
      most: number,
    ) => {
      const array = attribute.array as Float32Array;
      const count = Math.min(array.length, most);
      for (let i = 0; i < count; i++) array[i] = values[i]!;
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, count);
      attribute.needsUpdate = true;
    };
    put(geometry.getAttribute('position') as BufferAttribute, this.#positions, this.#vertices * 3);
    put(geometry.getAttribute('normal') as BufferAttribute, this.#normals, this.#vertices * 4);
    put(geometry.getAttribute('color') as BufferAttribute, this.#colours, this.#vertices * 4);
    const index = geometry.index!;
    put(index, this.#indices, this.#indices.length);
    geometry.setDrawRange(0, Math.min(index.array.length, this.#indices.length));
  }

  #grow(): void {
    const twice = <T extends Float32Array | Int8Array | Uint8Array>(old: T, larger: T): T => {
      larger.set(old);
      return larger;
    };
    this.#positions = twice(this.#positions, new Float32Array(this.#positions.length * 2));
    this.#normals = twice(this.#normals, new Int8Array(this.#normals.length * 2));
    this.#colours = twice(this.#colours, new Uint8Array(this.#colours.length * 2));
  }
}

function toByte(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 255);
}
