import {
  BoxGeometry,
  BufferAttribute,
  type BufferGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshBasicMaterial,
  TorusGeometry,
} from 'three/webgpu';
import type { VehicleParameters } from '../../../sim/vehicle/parameters.ts';

/**
 * Pictures of the car in the pose of a camera without rotation: right is +x, up is +y, ahead is -z; the origin is the
 * ground below the centre of gravity. Light is painted into the faces, so that it needs no lamps.
 */

/** Brightness of a face by where it looks: from above, from the sides, from below. */
function painted(geometry: BufferGeometry, red: number, green: number, blue: number): BufferGeometry {
  const normal = geometry.getAttribute('normal');
  const colour = new Float32Array(normal.count * 3);
  for (let i = 0; i < normal.count; i++) {
    const light = 0.62 + 0.34 * normal.getY(i) + 0.08 * normal.getX(i) + 0.06 * normal.getZ(i);
    colour.set([red * light, green * light, blue * light], i * 3);
  }
  geometry.setAttribute('color', new BufferAttribute(colour, 3));
  return geometry;
}

/** A box whose top is drawn in, like a car's cabin. */
function tapered(width: number, height: number, length: number, sides: number, front: number, back: number) {
  const box = new BoxGeometry(width, height, length);
  const place = box.getAttribute('position');
  for (let i = 0; i < place.count; i++) {
    if (place.getY(i) <= 0) continue;
    place.setX(i, place.getX(i) * (1 - sides));
    place.setZ(i, place.getZ(i) > 0 ? place.getZ(i) - back : place.getZ(i) + front);
  }
  box.computeVertexNormals();
  return box;
}

/** The car from outside. */
export class CarModel {
  readonly group = new Group();
  readonly #fronts: Group[] = [];
  readonly #wheels: Mesh[] = [];
  readonly #material = new MeshBasicMaterial({ vertexColors: true });

  constructor(car: VehicleParameters) {
    const { width, length, wheelRadius, frontAxleDistance, rearAxleDistance } = car;
    const middle = (rearAxleDistance - frontAxleDistance) / 2;
    this.#add(tapered(width, 0.52, length, 0.06, 0.12, 0.08), [0.68, 0.1, 0.08], [0, 0.6, middle]);
    this.#add(tapered(width * 0.9, 0.52, length * 0.52, 0.16, 0.6, 0.4), [0.07, 0.09, 0.12], [0, 1.1, middle + 0.25]);
    this.#add(new BoxGeometry(width * 0.72, 0.05, length * 0.25), [0.68, 0.1, 0.08], [0, 1.37, middle + 0.33]);
    for (const side of [-1, 1]) {
      this.#add(
        new BoxGeometry(0.42, 0.12, 0.04),
        [1, 0.16, 0.1],
        [side * width * 0.33, 0.68, middle + length / 2 - 0.05],
      );
      this.#add(
        new BoxGeometry(0.36, 0.12, 0.04),
        [1, 0.97, 0.84],
        [side * width * 0.34, 0.62, middle - length / 2 + 0.06],
      );
      this.#addWheel(side * (width / 2 - 0.12), -frontAxleDistance, wheelRadius, true);
      this.#addWheel(side * (width / 2 - 0.12), rearAxleDistance, wheelRadius, false);
    }
    // A dark patch below it grounds the car on the road.
    this.#add(new BoxGeometry(width * 1.02, 0.01, length * 0.98), [0.04, 0.04, 0.05], [0, 0.03, middle]);
  }

  /** @param roadWheelAngle left positive [rad]; @param travelled along the road [m] */
  pose(roadWheelAngle: number, travelled: number, radius: number): void {
    for (const front of this.#fronts) front.rotation.y = roadWheelAngle;
    for (const wheel of this.#wheels) wheel.rotation.x = -(travelled / radius) % (2 * Math.PI);
  }

  dispose(): void {
    this.group.traverse((object) => {
      if (object instanceof Mesh) object.geometry.dispose();
    });
    this.#material.dispose();
  }

  #add(geometry: BufferGeometry, colour: [number, number, number], at: [number, number, number]): void {
    const mesh = new Mesh(painted(geometry, ...colour), this.#material);
    mesh.position.set(...at);
    this.group.add(mesh);
  }

  #addWheel(x: number, z: number, radius: number, front: boolean): void {
    const geometry = new CylinderGeometry(radius, radius, 0.22, 10).rotateZ(Math.PI / 2);
    const wheel = new Mesh(painted(geometry, 0.09, 0.09, 0.1), this.#material);
    const holder = new Group();
    holder.position.set(x, radius, z);
    holder.add(wheel);
    this.#wheels.push(wheel);
    if (front) this.#fronts.push(holder);
    this.group.add(holder);
  }
}

/** The car from the driver's seat: dashboard, pillars and a steering wheel that turns. */
export class CockpitModel {
  readonly group = new Group();
  readonly #rim = new Group();
  readonly #material = new MeshBasicMaterial({ vertexColors: true });

  constructor() {
    this.#add(this.group, new BoxGeometry(1.7, 0.3, 0.55), [0.13, 0.135, 0.15], [0, 0.72, -1.05]);
    this.#add(this.group, new BoxGeometry(0.5, 0.09, 0.3), [0.09, 0.095, 0.105], [-0.36, 0.88, -1.0]);
    this.#add(this.group, tapered(1.5, 0.1, 1.2, 0.04, 0.1, 0), [0.6, 0.09, 0.07], [0, 0.86, -1.95]);
    for (const side of [-1, 1]) {
      const pillar = this.#add(
        this.group,
        new BoxGeometry(0.07, 0.85, 0.06),
        [0.1, 0.105, 0.115],
        [side * 0.76, 1.18, -0.98],
      );
      pillar.rotation.set(0.62, 0, side * 0.2);
    }
    const column = new Group();
    column.position.set(-0.36, 0.86, -0.58);
    column.rotation.x = -0.38;
    column.add(this.#rim);
    const dark: [number, number, number] = [0.16, 0.165, 0.18];
    this.#add(this.#rim, new TorusGeometry(0.185, 0.017, 8, 40), dark, [0, 0, 0]);
    this.#add(this.#rim, new BoxGeometry(0.35, 0.03, 0.014), dark, [0, 0.005, 0]);
    this.#add(this.#rim, new BoxGeometry(0.03, 0.18, 0.014), dark, [0, -0.09, 0]);
    this.#add(this.#rim, new CylinderGeometry(0.05, 0.05, 0.03, 20).rotateX(Math.PI / 2), [0.2, 0.2, 0.22], [0, 0, 0]);
    // A mark at twelve o'clock shows how far the wheel is turned.
    this.#add(this.#rim, new BoxGeometry(0.02, 0.04, 0.042), [1.4, 0.75, 0.15], [0, 0.185, 0]);
    this.group.add(column);
  }

  /** @param steeringWheelAngle left positive [rad] */
  pose(steeringWheelAngle: number): void {
    this.#rim.rotation.z = steeringWheelAngle;
  }

  dispose(): void {
    this.group.traverse((object) => {
      if (object instanceof Mesh) object.geometry.dispose();
    });
    this.#material.dispose();
  }

  #add(parent: Group, geometry: BufferGeometry, colour: [number, number, number], at: [number, number, number]): Mesh {
    const mesh = new Mesh(painted(geometry, ...colour), this.#material);
    mesh.position.set(...at);
    parent.add(mesh);
    return mesh;
  }
}
