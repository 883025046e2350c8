import { type BufferGeometry, type Material, Mesh, type PerspectiveCamera, Scene } from 'three/webgpu';
import type { Conditions } from '../conditions/conditions.ts';
import type { Track } from '../track/track.ts';
import { createDryness } from './dryness.ts';
import { Ground } from './ground.ts';
import {
  createLandMaterial,
  createRoadMaterial,
  createSceneryMaterial,
  createShadowMaterial,
} from './ground-materials.ts';
import { lightOf } from './light.ts';
import { paletteOf } from './palette.ts';
import { RoadLine } from './road-line.ts';
import { buildRoadRibbon } from './road-ribbon.ts';
import { groupIntoChunks } from './scenery/chunks.ts';
import { SceneryDetail } from './scenery/detail.ts';
import { buildShadows } from './scenery/shadows.ts';
import { Shading } from './shading.ts';
import { createSky } from './sky.ts';
import { Terrain } from './terrain.ts';
import { grainTexture } from './texture.ts';

/** How much work a frame may cost; the scene's meaning is the same. */
export type Quality = 'low' | 'standard' | 'high';

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
   */
  update(camera: PerspectiveCamera, height: number, time: number): void;
  dispose(): void;
}

const FARTHEST = 1500;
/** Things farther from the road throw no shadow that anybody sees [m]. */
const SHADOW_REACH = 32;

/** Builds all meshes of a track under these conditions, once. */
export function buildScene(track: Track, conditions: Conditions, quality: Quality = 'standard'): WorldScene {
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  const grain = grainTexture(quality === 'high');
  const light = lightOf(conditions);
  const palette = paletteOf(conditions.colourSeed);
  const shading = new Shading(light, palette, grain);
  const dryness = createDryness(conditions.colourSeed);
  const ground = new Ground(new RoadLine(track));
  const terrain = new Terrain(ground, quality === 'high' ? 9 : 14);
  const surface = (x: number, y: number) => terrain.surface(x, y);

  const sky = createSky(shading, quality !== 'low');
  scene.add(sky.mesh);
  const road = buildRoadRibbon(ground, dryness);
  const roadMaterial = createRoadMaterial(shading, track);
  const fineRoad = addAll(
    scene,
    road.map(({ fine }) => fine),
    roadMaterial,
  );
  const coarseRoad = addAll(
    scene,
    road.map(({ coarse }) => coarse),
    roadMaterial,
  );
  // Near things first: what they cover need not be computed.
  for (const piece of addAll(scene, terrain.build(dryness), createLandMaterial(shading))) piece.renderOrder = 2;
  const shadows: Mesh[] = [];
  if (quality !== 'low') {
    const near = track.scenery.filter((item) => ground.line.nearest(item.x, item.y, SHADOW_REACH) >= 0);
    shadows.push(...addAll(scene, buildShadows(near, surface, light), createShadowMaterial(shading)));
    for (const shadow of shadows) shadow.renderOrder = 1;
  }
  const scenery = new SceneryDetail(
    scene,
    groupIntoChunks(track.scenery, surface, palette),
    createSceneryMaterial(shading),
    quality,
  );

  return {
    scene,
    track,
    samples: quality === 'high' ? 4 : 1,
    farthest: FARTHEST,
    update(camera, height) {
      const focal = height / 2 / Math.tan((camera.fov * Math.PI) / 360);
      sky.face(camera);
      scenery.choose(camera, focal);
      // A blot of 5 m is half a pixel high at this distance, seen from where a camera sits.
      showWithin(shadows, camera, Math.sqrt(14 * focal));
      const fine = showWithin(fineRoad, camera, Math.max(45, 0.45 * focal));
      for (const [i, mesh] of coarseRoad.entries()) mesh.visible = !fine[i];
    },
    dispose() {
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

function addAll(scene: Scene, geometries: readonly BufferGeometry[], material: Material): Mesh[] {
  return geometries.map((geometry) => {
    const mesh = new Mesh(geometry, material);
    mesh.matrixAutoUpdate = false;
    scene.add(mesh);
    return mesh;
  });
}

/** Shows the meshes that begin within a distance of the camera [m], and says which these are. */
function showWithin(meshes: readonly Mesh[], camera: PerspectiveCamera, distance: number): boolean[] {
  const [x, y] = [camera.matrixWorld.elements[12]!, camera.matrixWorld.elements[13]!];
  return meshes.map((mesh) => {
    const { center, radius } = mesh.geometry.boundingSphere!;
    mesh.visible = Math.hypot(center.x - x, center.y - y) - radius < distance;
    return mesh.visible;
  });
}
