import { Matrix4, PerspectiveCamera, type WebGPURenderer } from 'three/webgpu';
import { type CameraMount, DEFAULT_FRONT_CAMERA } from '../../../sim/camera/mount.ts';
import { PoseFinder } from '../../../sim/camera/pose.ts';
import { SensorCamera } from '../../../sim/camera/sensor-camera.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import { buildScene, type Quality, type WorldScene } from '../../../sim/scene/world-scene.ts';
import type { Track } from '../../../sim/track/track.ts';
import type { VehicleParameters } from '../../../sim/vehicle/parameters.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';
import { drawsWithWebGpu, openRenderer } from '../../gpu/renderer.ts';
import { CarModel, CockpitModel } from './car-model.ts';
import { EYES, TrailingYaw, type ViewName, verticalDegrees } from './eyes.ts';
import { Resolution } from './resolution.ts';
import { WebGlCamera } from './webgl-camera.ts';

/** The ground below the centre of gravity, looking ahead. */
const ORIGIN: CameraMount = { x: 0, y: 0, z: 0, yaw: 0, pitch: 0, hfov: 1, width: 1, height: 1 };

/** A world on the screen: the road, the car on it, and the car's own camera. */
interface Stage {
  readonly world: WorldScene;
  readonly poses: PoseFinder;
  readonly car: CarModel;
  readonly cockpit: CockpitModel;
  readonly radius: number;
  readonly sensor: SensorCamera | WebGlCamera;
}

/** Draws the road into a canvas, from any of the three views. */
export class RoadView {
  view: ViewName = 'chase';
  readonly #canvas: HTMLCanvasElement;
  readonly #renderer: WebGPURenderer;
  readonly #camera = new PerspectiveCamera(50, 16 / 9, 0.1, 1500);
  readonly #trailing = new TrailingYaw();
  readonly #carPose = new Matrix4();
  readonly #resolution: Resolution;
  #stage: Stage | null = null;
  #travelled = 0;
  #width = 0;
  #height = 0;

  private constructor(canvas: HTMLCanvasElement, renderer: WebGPURenderer, slow: boolean) {
    this.#canvas = canvas;
    this.#renderer = renderer;
    this.#resolution = new Resolution(slow);
    this.#camera.matrixAutoUpdate = false;
  }

  /** @param slow begin with fewer pixels, for software rendering */
  static async open(canvas: HTMLCanvasElement, slow: boolean): Promise<RoadView> {
    return new RoadView(canvas, await openRenderer(canvas), slow);
  }

  get renderer(): WebGPURenderer {
    return this.#renderer;
  }

  /** The car's own camera; null when nothing is shown. */
  get sensor(): SensorCamera | WebGlCamera | null {
    return this.#stage?.sensor ?? null;
  }

  /** Puts another world on the screen. */
  async show(track: Track, conditions: Conditions, vehicle: VehicleParameters, quality: Quality): Promise<void> {
    this.#clear();
    const world = buildScene(track, conditions, quality);
    const car = new CarModel(vehicle);
    const cockpit = new CockpitModel();
    for (const { group } of [car, cockpit]) {
      group.matrixAutoUpdate = false;
      group.visible = false;
      world.scene.add(group);
    }
    const Camera = drawsWithWebGpu(this.#renderer) ? SensorCamera : WebGlCamera;
    const sensor = new Camera(this.#renderer, world, DEFAULT_FRONT_CAMERA);
    this.#stage = { world, car, cockpit, sensor, radius: vehicle.wheelRadius, poses: new PoseFinder(track) };
    this.#trailing.reset();
    this.#travelled = 0;
    await sensor.warmUp();
  }

  /** Draws the world once. @param elapsed since the last picture [s] */
  draw(state: VehicleState, time: number, elapsed: number): void {
    const stage = this.#stage;
    if (stage === null) return;
    this.#fit();
    // A page that is just leaving has no size, and nothing can be drawn into nothing.
    if (this.#canvas.width === 0 || this.#canvas.height === 0) return;
    if (this.#resolution.pictured(elapsed)) this.#width = 0;
    this.#travelled += state.speed * elapsed;
    this.#placeCamera(stage, state, elapsed);
    stage.world.update(this.#camera, this.#canvas.height, time);
    const { car, cockpit } = stage;
    const shown = this.view === 'chase' ? car : this.view === 'cockpit' ? cockpit : null;
    if (shown) {
      stage.poses.cameraMatrix(state, ORIGIN, this.#carPose);
      shown.group.matrix.copy(this.#carPose);
      shown.group.visible = true;
    }
    car.pose(state.roadWheelAngle, this.#travelled, stage.radius);
    cockpit.pose(state.steeringWheelAngle);
    // The scene stands still and is not updated as a whole.
    shown?.group.updateMatrixWorld(true);
    this.#renderer.render(stage.world.scene, this.#camera);
    // The car's own camera must not see the picture of the car.
    if (shown) shown.group.visible = false;
  }

  /** A new car stands here; the chasing camera begins behind it. */
  jumped(): void {
    this.#trailing.reset();
  }

  dispose(): void {
    this.#clear();
    this.#renderer.dispose();
  }

  #placeCamera(stage: Stage, state: VehicleState, elapsed: number): void {
    const mount = this.view === 'sensor' ? DEFAULT_FRONT_CAMERA : EYES[this.view];
    const yaw = this.#trailing.follow(state.yaw, elapsed);
    const place = this.view === 'chase' ? { x: state.x, y: state.y, yaw } : state;
    stage.poses.cameraMatrix(place, mount, this.#camera.matrix);
    this.#camera.matrixWorldNeedsUpdate = true;
    this.#camera.updateMatrixWorld();
    const aspect = this.#canvas.width / Math.max(1, this.#canvas.height);
    const degrees = verticalDegrees(mount.hfov, aspect);
    if (this.#camera.fov === degrees && this.#camera.aspect === aspect) return;
    this.#camera.fov = degrees;
    this.#camera.aspect = aspect;
    this.#camera.updateProjectionMatrix();
  }

  /** Follows the size of the canvas on the page. */
  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === this.#width && clientHeight === this.#height) return;
    this.#width = clientWidth;
    this.#height = clientHeight;
    const ratio = Math.min(2, devicePixelRatio) * this.#resolution.factor;
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(Math.max(1, clientWidth), Math.max(1, clientHeight), false);
  }

  #clear(): void {
    const stage = this.#stage;
    this.#stage = null;
    stage?.sensor.dispose();
    stage?.car.dispose();
    stage?.cockpit.dispose();
    stage?.world.dispose();
  }
}
