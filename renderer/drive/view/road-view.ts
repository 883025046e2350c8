import { Matrix4, PerspectiveCamera, type WebGPURenderer } from 'three/webgpu';
import { displacedMount } from '../../../sim/camera/displaced-mount.ts';
import { type CameraMount, DEFAULT_FRONT_CAMERA } from '../../../sim/camera/mount.ts';
import { PoseFinder } from '../../../sim/camera/pose.ts';
import { SensorCamera } from '../../../sim/camera/sensor-camera.ts';
import type { Conditions } from '../../../sim/conditions/conditions.ts';
import { buildScene, type WorldScene } from '../../../sim/scene/world-scene.ts';
import type { Track } from '../../../sim/track/track.ts';
import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import type { VehicleParameters } from '../../../sim/vehicle/parameters.ts';
import type { VehicleState } from '../../../sim/vehicle/state.ts';
import { drawsWithWebGpu, openRenderer } from '../../gpu/renderer.ts';
import { openScreen, type Screen } from '../../gpu/screen.ts';
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

/** What a person wants to see: all that the world has, or as much as keeps the picture moving on this machine. */
export type PictureQuality = 'low' | 'standard';

/** Pictures of a world that stands are drawn until the chasing camera has settled, too [s]. */
const SETTLED = 1.5;

/** Draws the road into a canvas, from any of the three views. */
export class RoadView {
  view: ViewName = 'chase';
  readonly #canvas: HTMLCanvasElement;
  readonly #renderer: WebGPURenderer;
  readonly #screen: Screen;
  readonly #camera = new PerspectiveCamera(50, 16 / 9, 0.1, 1500);
  readonly #trailing = new TrailingYaw();
  readonly #carPose = new Matrix4();
  #quality: PictureQuality;
  #resolution: Resolution;
  #stage: Stage | null = null;
  #travelled = 0;
  #size = '';
  #shown = '';
  #standing = 0;
  #isFirst = true;

  private constructor(canvas: HTMLCanvasElement, renderer: WebGPURenderer, quality: PictureQuality) {
    this.#canvas = canvas;
    this.#renderer = renderer;
    this.#screen = openScreen(renderer, canvas);
    this.#quality = quality;
    this.#resolution = new Resolution(quality === 'low');
    this.#camera.matrixAutoUpdate = false;
  }

  static async open(canvas: HTMLCanvasElement, quality: PictureQuality): Promise<RoadView> {
    return new RoadView(canvas, await openRenderer(canvas), quality);
  }

  get renderer(): WebGPURenderer {
    return this.#renderer;
  }

  /** The car's own camera; null when nothing is shown. */
  get sensor(): SensorCamera | WebGlCamera | null {
    return this.#stage?.sensor ?? null;
  }

  get quality(): PictureQuality {
    return this.#quality;
  }

  set quality(quality: PictureQuality) {
    if (quality === this.#quality) return;
    this.#quality = quality;
    this.#resolution = new Resolution(quality === 'low');
    this.#size = '';
  }

  /** Pictures a second that are worth drawing. */
  get limit(): number {
    return this.#resolution.limit;
  }

  /** Puts another world on the screen, with the car's camera as these conditions have it. */
  async show(track: Track, conditions: Conditions, vehicle: VehicleParameters): Promise<void> {
    this.#clear();
    const world = buildScene(track, conditions);
    const car = new CarModel(vehicle);
    const cockpit = new CockpitModel();
    for (const { group } of [car, cockpit]) {
      group.matrixAutoUpdate = false;
      group.visible = false;
      world.scene.add(group);
    }
    const Camera = drawsWithWebGpu(this.#renderer) ? SensorCamera : WebGlCamera;
    const mount = displacedMount(DEFAULT_FRONT_CAMERA, conditions.camera);
    const sensor = new Camera(this.#renderer, world, mount);
    this.#stage = { world, car, cockpit, sensor, radius: vehicle.wheelRadius, poses: new PoseFinder(track) };
    this.#trailing.reset();
    this.#travelled = 0;
    this.#shown = '';
    this.#isFirst = true;
    await sensor.warmUp();
  }

  /**
   * Draws the world once, unless the picture would be the one that is there.
   * @param others the other cars
   * @param elapsed since the last picture [s]
   * @param pace of the world, as a share of what it should be
   * @returns whether it was drawn
   */
  draw(state: VehicleState, time: number, others: readonly TrafficCar[], elapsed: number, pace: number): boolean {
    const stage = this.#stage;
    if (stage === null) return false;
    this.#fit();
    // A page that is just leaving has no size, and nothing can be drawn into nothing.
    if (this.#canvas.clientWidth === 0 || this.#canvas.clientHeight === 0) return false;
    if (this.#stands(state, time, elapsed)) return false;
    // How long a world took to build says nothing about pictures.
    if (this.#isFirst) this.#isFirst = false;
    else if (this.#resolution.pictured(elapsed, pace)) this.#fit();
    this.#travelled += state.speed * elapsed;
    this.#placeCamera(stage, state, elapsed);
    const detail = this.#quality === 'low' ? 'plain' : 'full';
    stage.world.update(this.#camera, this.#canvas.height, time, others, detail);
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
    this.#screen.draw(stage.world.scene, this.#camera);
    // The car's own camera must not see the picture of the car.
    if (shown) shown.group.visible = false;
    return true;
  }

  /** A new car stands here; the chasing camera begins behind it. */
  jumped(): void {
    this.#trailing.reset();
  }

  dispose(): void {
    this.#clear();
    this.#screen.dispose();
    this.#renderer.dispose();
  }

  #placeCamera(stage: Stage, state: VehicleState, elapsed: number): void {
    const mount = this.view === 'sensor' ? stage.sensor.mount : EYES[this.view];
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

  /** Follows the size of the canvas on the page, and what this machine can draw. */
  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const ratio = this.#quality === 'low' ? 1 : Math.min(2, devicePixelRatio);
    const { width, height } = this.#resolution.fit(clientWidth * ratio, clientHeight * ratio);
    const size = `${width} ${height}`;
    if (size === this.#size) return;
    this.#size = size;
    this.#shown = '';
    this.#screen.resize(width, height);
  }

  /** Whether nothing has moved for so long that the picture is as it should be. */
  #stands({ x, y, yaw }: VehicleState, time: number, elapsed: number): boolean {
    const shown = [this.view, this.#quality, time, x, y, yaw].join();
    this.#standing = shown === this.#shown ? this.#standing + elapsed : 0;
    this.#shown = shown;
    return this.#standing > SETTLED;
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
