import { type Material, Mesh, Sphere, Vector3 } from 'three/webgpu';
import type { TrafficCar } from '../../traffic/traffic-car.ts';
import type { Viewpoint } from '../batch.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import { addShape } from './add-shape.ts';
import { CAR_GLOW, CAR_HEIGHT, car, carColours } from './car.ts';
import type { Level } from './plants.ts';
import type { Template } from './template.ts';

/** Cars that are drawn at once; of more, those that come first. */
const MOST = 24;
/** Down to how many pixels of height a car is drawn at each level. */
const PIXELS = [16, 6, 2.5, 0.8] as const;
/** The shadow reaches beyond the body by this [m], and lies above the road by that. */
const SHADOW_RIM = 0.35;
const LIFT = 0.03;

const shapes = ([0, 1, 2, 3] as const satisfies readonly Level[]).map((level) => car(level));

/** Cars that are somewhere else in each picture: one mesh for all of them, and one for what lies dark below them. */
export class MovingCars {
  readonly meshes: readonly Mesh[];
  readonly #body = new MeshBuilder();
  readonly #shade = new MeshBuilder();
  readonly #sphere = new Sphere(new Vector3(), 3);
  readonly #heightAt: (x: number, y: number) => number;

  constructor(material: Material, shadowMaterial: Material, heightAt: (x: number, y: number) => number) {
    this.#heightAt = heightAt;
    const most = (count: (shape: Template) => number) => MOST * Math.max(...shapes.map(count));
    const bodies = MeshBuilder.changing(
      most(({ slots }) => slots.length),
      most(({ indices }) => indices.length),
    );
    this.meshes = [new Mesh(bodies, material), new Mesh(MeshBuilder.changing(MOST * 8, MOST * 30), shadowMaterial)].map(
      (mesh, i) => {
        mesh.matrixAutoUpdate = false;
        mesh.frustumCulled = false;
        mesh.visible = false;
        mesh.renderOrder = i;
        return mesh;
      },
    );
  }

  /** Puts the cars where they are now. */
  place(cars: readonly TrafficCar[], { frustum, position, focal }: Viewpoint): void {
    this.#body.clear();
    this.#shade.clear();
    let drawn = 0;
    for (const other of cars) {
      const distance = Math.hypot(other.x - position.x, other.y - position.y);
      const level = PIXELS.findIndex((pixels) => (CAR_HEIGHT * focal) / Math.max(1, distance) > pixels);
      this.#sphere.center.set(other.x, other.y, other.z + 0.7);
      if (level < 0 || drawn === MOST || !frustum.intersectsSphere(this.#sphere)) continue;
      drawn += 1;
      this.#add(other, level as Level);
    }
    for (const [i, builder] of [this.#body, this.#shade].entries()) {
      const mesh = this.meshes[i]!;
      mesh.visible = builder.vertexCount > 0;
      if (mesh.visible) builder.refill(mesh.geometry);
    }
  }

  #add({ x, y, yaw, length, width, colourIndex }: TrafficCar, level: Level): void {
    const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
    const reach = length * 0.3;
    const front = this.#heightAt(x + c * reach, y + s * reach);
    const back = this.#heightAt(x - c * reach, y - s * reach);
    const grade = (front - back) / (2 * reach);
    const z = (front + back) / 2;
    const place = { x, y, z, yaw, grade, length, width, height: CAR_HEIGHT };
    const look = { colours: carColours(colourIndex), glow: CAR_GLOW };
    for (const index of triples(addShape(this.#body, shapes[level]!, place, look))) this.#body.triangle(...index);
    if (level === 3) return;
    const ring = (rim: number, dark: number) =>
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].map(([u, v]) => {
        const [px, py] = [u! * (length / 2 + rim), v! * (width / 2 + rim)];
        return this.#shade.vertex(
          x + px * c - py * s,
          y + px * s + py * c,
          z + px * grade + LIFT,
          0,
          0,
          1,
          0,
          0,
          0,
          dark,
        );
      }) as [number, number, number, number];
    const inner = ring(-0.1, 0.62);
    const outer = ring(SHADOW_RIM, 0);
    this.#shade.quad(...inner);
    for (let i = 0; i < 4; i++) {
      const next = (i + 1) % 4;
      this.#shade.quad(outer[i]!, outer[next]!, inner[next]!, inner[i]!);
    }
  }
}

function* triples(indices: Uint32Array): Generator<[number, number, number]> {
  for (let i = 0; i < indices.length; i += 3) yield [indices[i]!, indices[i + 1]!, indices[i + 2]!];
}
