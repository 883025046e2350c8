import { type BufferGeometry, type Material, type Matrix4, Mesh, Scene } from 'three/webgpu';
import type { Conditions } from '../conditions/conditions.ts';
import type { Track } from '../track/track.ts';
import { Ground } from './ground.ts';
import { lightOf } from './light.ts';
import { paletteOf } from './palette.ts';
import { RoadLine } from './road-line.ts';
import { createRoadMaterial } from './road-material.ts';
import { buildRoadRibbon } from './road-ribbon.ts';
import { Shading } from './shading.ts';
import { createSky } from './sky.ts';
import { buildTerrain } from './terrain.ts';
import { createGrainTexture } from './texture.ts';

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
  /** Brings everything that depends on the viewer up to date; to be called before each drawing. */
  update(camera: Matrix4, time: number): void;
  dispose(): void;
}

const FARTHEST = 1500;

/** Builds all meshes of a track under these conditions, once. */
export function buildScene(track: Track, conditions: Conditions, quality: Quality = 'standard'): WorldScene {
  const scene = new Scene();
  // The scene is drawn in the world's coordinates, z up; only three's helpers would care.
  scene.up.set(0, 0, 1);
  const grain = createGrainTexture();
  const shading = new Shading(lightOf(conditions), paletteOf(conditions.colourSeed), grain);
  const ground = new Ground(new RoadLine(track));

  const sky = createSky(shading, FARTHEST * 0.5);
  scene.add(sky);
  const road = createRoadMaterial(shading, track.markings, track.shoulderWidth);
  const land = shading.material((light) => shading.grass().mul(light) as unknown as ReturnType<Shading['grass']>);
  addAll(scene, buildRoadRibbon(ground), road);
  addAll(scene, buildTerrain(ground), land);

  return {
    scene,
    track,
    samples: quality === 'high' ? 4 : 1,
    farthest: FARTHEST,
    update(camera) {
      sky.position.setFromMatrixPosition(camera);
      sky.updateMatrixWorld();
    },
    dispose() {
      scene.traverse((object) => {
        if (object instanceof Mesh) {
          (object.geometry as BufferGeometry).dispose();
          (object.material as Material).dispose();
        }
      });
      scene.clear();
      grain.dispose();
    },
  };
}

function addAll(scene: Scene, geometries: readonly BufferGeometry[], material: Material): void {
  for (const geometry of geometries) {
    const mesh = new Mesh(geometry, material);
    mesh.matrixAutoUpdate = false;
    scene.add(mesh);
  }
}
