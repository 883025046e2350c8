import { type Material, Mesh, type PerspectiveCamera, type Scene } from 'three/webgpu';
import type { Quality } from '../world-scene.ts';
import type { SceneryChunk } from './chunks.ts';
import type { Level } from './plants.ts';

/** How many pixels high a thing of 10 m is at the end of each level's reach; what is smaller than the last is left out. */
const PIXELS: Readonly<Record<Quality, readonly [number, number, number, number]>> = {
  low: [300, 60, 18, 3],
  standard: [80, 32, 11, 2],
  high: [40, 18, 7, 1],
};

/** Shows each chunk of scenery as fine as its distance asks for; meshes are built when they are first seen. */
export class SceneryDetail {
  readonly #scene: Scene;
  readonly #chunks: readonly SceneryChunk[];
  readonly #material: Material;
  readonly #meshes: (Mesh | undefined)[][];
  readonly #pixels: readonly number[];

  constructor(scene: Scene, chunks: readonly SceneryChunk[], material: Material, quality: Quality) {
    this.#scene = scene;
    this.#chunks = chunks;
    this.#material = material;
    this.#pixels = PIXELS[quality];
    this.#meshes = chunks.map(() => [undefined, undefined, undefined, undefined]);
  }

  /** @param focal focal length [px] */
  choose(camera: PerspectiveCamera, focal: number): void {
    const e = camera.matrixWorld.elements;
    const [x, y] = [e[12]!, e[13]!];
    // The camera looks along its -z axis.
    const [aheadX, aheadY] = [-e[8]!, -e[9]!];
    const limits = this.#pixels.map((pixels) => (10 * focal) / pixels);
    for (const [i, chunk] of this.#chunks.entries()) {
      const [dx, dy] = [chunk.x - x, chunk.y - y];
      // Behind the camera, whatever its field of view below half a circle; crowns reach beyond their feet.
      const behind = dx * aheadX + dy * aheadY < -chunk.radius - 8;
      // To the nearest third of the chunk: few things stand at its very edge.
      const distance = Math.max(0, Math.hypot(dx, dy) - chunk.radius * 0.7);
      const level = behind ? -1 : limits.findIndex((limit) => distance < limit);
      this.#show(i, level);
    }
  }

  #show(index: number, level: number): void {
    const meshes = this.#meshes[index]!;
    if (level >= 0 && !meshes[level]) {
      const mesh = new Mesh(this.#chunks[index]!.build(level as Level), this.#material);
      mesh.matrixAutoUpdate = false;
      mesh.renderOrder = level === 0 ? -1 : 1;
      meshes[level] = mesh;
      this.#scene.add(mesh);
    }
    for (const [i, mesh] of meshes.entries()) {
      // A chunk of small things may be empty at its coarsest.
      if (mesh) mesh.visible = i === level && mesh.geometry.index!.count > 0;
    }
  }
}
