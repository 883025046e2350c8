import {
  type BufferGeometry,
  Frustum,
  type Material,
  Matrix4,
  Mesh,
  type PerspectiveCamera,
  Scene,
  Vector3,
} from 'three/webgpu';
import type { Conditions } from '../conditions/conditions.ts';
import type { Track } from '../track/track.ts';
import type { TrafficCar } from '../traffic/traffic-car.ts';
import type { Batch } from './batch.ts';
import { createDryness } from './dryness.ts';
import { Ground } from './ground.ts';
import {
  createLandMaterial,
  createRoadMaterial,
  createSceneryMaterial,
  createShadowMaterial,
  createTwoToneMaterials,
} from './ground-materials.ts';
import { lightOf } from './light.ts';
import { paletteOf, weathered } from './palette.ts';
import { PlainShading, PlainView } from './plain-view.ts';
import { RoadLine } from './road-line.ts';
import { buildRoadRibbon } from './road-ribbon.ts';
import { buildRoadside, parkedBodies } from './roadside/roadside.ts';
import { buildItems } from './scenery/items.ts';
import { MovingCars } from './scenery/moving-cars.ts';
import { buildShadows } from './scenery/shadows.ts';
import { Shading } from './shading.ts';
import { createSky, createSkyMaterial } from './sky.ts';
import { Terrain } from './terrain.ts';
import { grainTexture } from './texture.ts';
import { TruthView } from './truth-view.ts';
import { createLens } from './weather/lens.ts';

/** How much work a frame may cost; the scene's meaning is the same. */
export type Quality = 'low' | 'standard' | 'high';

/**
 * How a picture is drawn: `full`, as cameras on the car see the world, or `plain`, for people on slow machines: no clouds,
 * no grain on land and things, fewer of them far away.
 */
export type Detail = 'full' | 'plain';

/** The world as it is drawn, in the world's own coordinates: x east, y north, z up [m]. */
export interface WorldScene {
  readonly scene: Scene;
  readonly track: Track;
  /** Samples a pixel for anti-aliasing: 1 or 4. */
  readonly samples: number;
  /** Nothing is drawn beyond this distance [m]. */
  readonly farthest: number;
  /**
   * Brings everything that depends on the viewer up to date; to be called before each drawing.
   * @param camera with its world matrix up to date
   * @param height of the picture [px]
   * @param time world time [s]; rain falls by it
   * @param others the other cars; those that the road brings along are there anyway
   * @param detail of this picture, `full` when absent
   */
  update(
    camera: PerspectiveCamera,
    height: number,
    time: number,
    others?: readonly TrafficCar[],
    detail?: Detail,
  ): void;
  /**
   * Shows depth and lane in place of colours, or colours again. What is in the air and on the lens is then not there.
   */
  showTruth(shown: boolean): void;
  dispose(): void;
}

const FARTHEST = 1500;
/** How many pixels high a thing of 10 m is at the end of each level's reach; what is smaller than the last is left out. */
const PIXELS: Readonly<Record<Quality, readonly [number, number, number, number]>> = {
  low: [300, 60, 20, 4],
  standard: [80, 34, 12, 3],
  high: [40, 18, 7, 1],
};
/** Things farther from the road throw no shadow that anybody sees [m]. */
const SHADOW_REACH = 32;

/** Builds all meshes of a track under these conditions, once. */
export function buildScene(track: Track, conditions: Conditions, quality: Quality = 'standard'): WorldScene {
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  const grain = grainTexture(quality === 'high');
  const light = lightOf(conditions);
  const { weather, colourSeed } = conditions;
  const palette = weathered(paletteOf(colourSeed), weather.snow, weather.leaves);
  const shading = new Shading(light, palette, grain, weather);
  const dryness = createDryness(conditions.colourSeed);
  const ground = new Ground(new RoadLine(track));
  const terrain = new Terrain(ground, quality === 'high' ? 9 : 14);
  const surface = (x: number, y: number) => terrain.surface(x, y);

  const sky = createSky(shading, quality !== 'low');
  scene.add(sky.mesh);
  const plain = track.surfaceKind === 'two-tone' ? createTwoToneMaterials(shading, colourSeed) : undefined;
  const road = buildRoadRibbon(ground, dryness, plain?.road ?? createRoadMaterial(shading, track));
  const land = terrain.build(dryness, plain?.land ?? createLandMaterial(shading));
  const things = createSceneryMaterial(shading);
  const items = buildItems(track.scenery, surface, palette, things);
  scene.add(road.mesh, land.mesh, items.mesh);
  const roadside = buildRoadside(track, palette, things);
  if (roadside) scene.add(roadside.mesh);
  const lens = createLens(shading, conditions);
  if (lens) scene.add(...lens.meshes);
  let plainly: PlainView | undefined;
  const simplify = () => {
    const bare = new PlainShading(light, palette, grain, weather);
    const sparse = createSceneryMaterial(bare);
    return new PlainView(
      new Map([
        [sky.mesh, createSkyMaterial(bare, false)],
        [land.mesh, plain ? createTwoToneMaterials(bare, colourSeed).land : createLandMaterial(bare)],
        [items.mesh, sparse],
        ...(roadside ? [[roadside.mesh, sparse] as const] : []),
      ]),
    );
  };
  let cars: MovingCars | undefined;
  let truth: TruthView | undefined;
  let shadows: Batch | undefined;
  if (quality !== 'low') {
    const near = track.scenery.filter((item) => ground.line.nearest(item.x, item.y, SHADOW_REACH) >= 0);
    shadows = buildShadows(near, surface, light, createShadowMaterial(shading), parkedBodies(track));
    scene.add(shadows.mesh);
  }
  const frustum = new Frustum();
  const projection = new Matrix4();
  const position = new Vector3();
  const pixels = PIXELS[quality];

  return {
    scene,
    track,
    samples: quality === 'high' ? 4 : 1,
    farthest: FARTHEST,
    update(camera, height, time, others = [], detail = 'full') {
      if (detail === 'plain') plainly ??= simplify();
      plainly?.show(detail === 'plain');
      const focal = height / 2 / Math.tan((camera.fov * Math.PI) / 360);
      projection.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
      frustum.setFromProjectionMatrix(projection, camera.coordinateSystem);
      position.setFromMatrixPosition(camera.matrixWorld);
      const view = { frustum, position, focal };
      sky.face(camera);
      road.choose(view, [Math.max(30, 0.35 * focal), Math.max(80, 0.9 * focal), FARTHEST]);
      land.choose(view, [FARTHEST]);
      items.choose(
        view,
        (detail === 'plain' ? PIXELS.low : pixels).map((size) => (10 * focal) / size),
      );
      roadside?.choose(view, [0.35 * focal, 1.2 * focal, Math.min(FARTHEST, 5 * focal)]);
      lens?.update(camera, time);
      const strangers = others.filter(({ id }) => !id.startsWith('road-'));
      if (strangers.length > 0 && !cars) {
        cars = new MovingCars(things, createShadowMaterial(shading), (x, y) => ground.height(x, y));
        scene.add(...cars.meshes);
      }
      cars?.place(strangers, view);
      // A blot of 5 m is half a pixel high at this distance, seen from where a camera sits.
      shadows?.choose(view, [Math.sqrt(14 * focal)]);
    },
    showTruth(shown) {
      if (!shown) {
        truth?.hide();
        return;
      }
      truth ??= new TruthView(ground.line, road.mesh);
      const solid = [land, items, roadside].flatMap((batch) => batch?.mesh ?? []);
      truth.show([...solid, ...(cars ? [cars.meshes[0]!] : [])], scene);
    },
    dispose() {
      truth?.dispose();
      plainly?.dispose();
      scene.traverse((object) => {
        if (object instanceof Mesh) {
          (object.geometry as BufferGeometry).dispose();
          (object.material as Material).dispose();
        }
      });
      scene.clear();
    },
  };
}
