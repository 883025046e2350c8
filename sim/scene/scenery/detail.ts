import { type Material, Mesh, type PerspectiveCamera, type Scene } from 'three/webgpu';
import type { Quality } from '../world-scene.ts';
import type { SceneryChunk } from './chunks.ts';

/** How many pixels high a thing of 10 m must be to be drawn near or middling; below the last number it is left out. */
const PIXELS: Readonly<Record<Quality, readonly [number, number, number]>> = {
  low: [200, 45, 2.5],
  standard: [75, 26, 2],
  high: [40, 14, 1],
};

/** Shows each chunk of scenery as fine as its distance asks for. */
export class SceneryDetail {
  readonly #chunks: readonly SceneryChunk[];
  readonly #meshes: readonly (readonly Mesh[])[];
  readonly #pixels: readonly [number, number, number];

  constructor(scene: Scene, chunks: readonly SceneryChunk[], material: Material, quality: Quality) {
    this.#chunks = chunks;
    this.#pixels = PIXELS[quality];
    this.#meshes = chunks.map((chunk) =>
      chunk.levels.map((geometry) => {
        const mesh = new Mesh(geometry, material);
        mesh.matrixAutoUpdate = false;
        mesh.visible = false;
        scene.add(mesh);
        return mesh;
      }),
    );
  }

  /** @param height of the picture [px] */
  choose(camera: PerspectiveCamera, height: number): void {
    const focal = height / 2 / Math.tan((camera.fov * Math.PI) / 360);
    const [x, y] = [camera.matrixWorld.elements[12]!, camera.matrixWorld.elements[13]!];
    const distances = this.#pixels.map((pixels) => (10 * focal) / pixels);
    this.#chunks.forEach((chunk, i) => {
      // To the nearest third of the chunk: few things stand at its very edge.
      const distance = Math.max(0, Math.hypot(chunk.x - x, chunk.y - y) - chunk.radius * 0.35);
      const level = distances.findIndex((limit) => distance < limit);
      this.#meshes[i]!.forEach((mesh, detail) => {
        mesh.visible = detail === level;
      });
    });
  }
}
