import {
  abs,
  cameraProjectionMatrix,
  cameraViewMatrix,
  float,
  positionGeometry,
  select,
  varying,
  vec4,
} from 'three/tsl';
import { BufferAttribute, type Material, type Mesh, NodeMaterial, type Scene } from 'three/webgpu';
import type { RoadLine } from './road-line.ts';
import { attributeOf, type FloatNode } from './shading.ts';

/** Values of the lane mask. */
export const LANE = { none: 0, own: 1, pavement: 2 } as const;

/**
 * Draws a scene's solid meshes in flat truth: red is the depth along the camera's axis [m], green the lane's value plus
 * one, so that 0 is left to the sky.
 */
export class TruthView {
  readonly #road: Mesh;
  readonly #roadMaterial: NodeMaterial;
  readonly #solidMaterial: NodeMaterial;
  readonly #before = new Map<Mesh, Material | Material[]>();
  #hidden: Mesh[] = [];

  constructor(line: RoadLine, road: Mesh) {
    this.#road = road;
    addLaneAttribute(line, road);
    const distance = attributeOf('road').x.sub(attributeOf('lane').x) as unknown as FloatNode;
    const { y, z } = attributeOf('road');
    const paved = select(y.min(z).greaterThan(0), float(LANE.pavement), float(LANE.none));
    const lane = select(abs(distance).lessThan(attributeOf('lane').y), float(LANE.own), paved);
    this.#roadMaterial = flatMaterial(lane as unknown as FloatNode);
    this.#solidMaterial = flatMaterial(float(LANE.none) as unknown as FloatNode);
  }

  /** Exchanges the materials of the road and of these meshes, and hides the rest until `hide`. */
  show(solid: readonly Mesh[], scene: Scene): void {
    this.#before.clear();
    const shown = new Set([this.#road, ...solid]);
    for (const mesh of shown) {
      this.#before.set(mesh, mesh.material);
      mesh.material = mesh === this.#road ? this.#roadMaterial : this.#solidMaterial;
    }
    this.#hidden = scene.children.filter((object): object is Mesh => object.visible && !shown.has(object as Mesh));
    for (const mesh of this.#hidden) mesh.visible = false;
  }

  hide(): void {
    for (const [mesh, material] of this.#before) mesh.material = material;
    for (const mesh of this.#hidden) mesh.visible = true;
    this.#before.clear();
    this.#hidden = [];
  }

  dispose(): void {
    this.#roadMaterial.dispose();
    this.#solidMaterial.dispose();
  }
}

function flatMaterial(lane: FloatNode): NodeMaterial {
  const material = new NodeMaterial();
  const seen = cameraViewMatrix.mul(vec4(positionGeometry, 1));
  material.vertexNode = cameraProjectionMatrix.mul(seen);
  material.fragmentNode = vec4(varying(seen.z.negate()), lane.add(1), 0, 1);
  return material;
}

/** Middle and half width of our lane at each vertex of the road's ribbon, whose cross-sections are those of the line. */
function addLaneAttribute({ samples, track }: RoadLine, road: Mesh): void {
  const { count } = road.geometry.getAttribute('position');
  const columns = count / samples.length;
  const lane = new Float32Array(count * 4);
  samples.forEach(({ s }, row) => {
    const at = track.closed && row === samples.length - 1 ? 0 : s;
    const values = [track.laneCentre(at), track.laneWidth(at) / 2, 0, 0];
    for (let column = 0; column < columns; column++) lane.set(values, (row * columns + column) * 4);
  });
  road.geometry.setAttribute('lane', new BufferAttribute(lane, 4));
}
