import { BufferAttribute, BufferGeometry } from 'three/webgpu';

/**
 * Collects the triangles of a mesh. Normals and colours are packed into bytes: software drivers spend most of their time
 * on reading vertices.
 */
export class MeshBuilder {
  readonly #positions: number[] = [];
  readonly #normals: number[] = [];
  readonly #colours: number[] = [];
  readonly #indices: number[] = [];

  get vertexCount(): number {
    return this.#positions.length / 3;
  }

  get empty(): boolean {
    return this.#indices.length === 0;
  }

  /**
   * @param red, green, blue, alpha in [0, 1]; the square root of the linear colour is stored, so that dark tones keep
   *   their steps
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
    alpha = 1,
  ): number {
    this.#positions.push(x, y, z);
    this.#normals.push(nx * 127, ny * 127, nz * 127, 0);
    this.#colours.push(toByte(red), toByte(green), toByte(blue), Math.round(Math.min(1, Math.max(0, alpha)) * 255));
    return this.#positions.length / 3 - 1;
  }

  triangle(a: number, b: number, c: number): void {
    this.#indices.push(a, b, c);
  }

  /** a, b, c, d counter-clockwise. */
  quad(a: number, b: number, c: number, d: number): void {
    this.#indices.push(a, b, c, a, c, d);
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.#positions), 3));
    geometry.setAttribute('normal', new BufferAttribute(Int8Array.from(this.#normals, Math.round), 4, true));
    geometry.setAttribute('color', new BufferAttribute(Uint8Array.from(this.#colours), 4, true));
    const wide = this.vertexCount > 65_535;
    geometry.setIndex(new BufferAttribute(wide ? new Uint32Array(this.#indices) : new Uint16Array(this.#indices), 1));
    geometry.computeBoundingSphere();
    return geometry;
  }
}

function toByte(linear: number): number {
  return Math.round(Math.sqrt(Math.min(1, Math.max(0, linear))) * 255);
}
