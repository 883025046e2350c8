import { Frustum, Matrix4, MeshBasicNodeMaterial, PerspectiveCamera, Vector3 } from 'three/webgpu';
import { describe, expect, it } from 'vitest';
import type { SceneryItem, SceneryKind } from '../../track/track.ts';
import { Batch } from '../batch.ts';
import { MeshBuilder } from '../mesh-builder.ts';
import { CATALOGUE, shapeOf } from './catalogue.ts';

const KINDS = Object.keys(CATALOGUE) as SceneryKind[];

function item(kind: SceneryKind, variant: number): SceneryItem {
  return { kind, x: 0, y: 0, z: 0, yaw: 0, height: 1, variant };
}

describe.each(KINDS)('the shapes of a %s', (kind) => {
  it.each([0, 1, 2, 3] as const)('at level %i are whole: they look outwards and stand on the ground', (level) => {
    for (const variant of [0, 0.3, 0.6, 0.99]) {
      const { positions, normals, indices, slots } = shapeOf(item(kind, variant), level);
      expect(indices.length % 3).toBe(0);
      expect(Math.max(...indices)).toBeLessThan(slots.length);
      const at = (i: number) => new Vector3(positions[i * 3], positions[i * 3 + 1], positions[i * 3 + 2]);
      let agree = 0;
      for (let i = 0; i < indices.length; i += 3) {
        const [a, b, c] = [at(indices[i]!), at(indices[i + 1]!), at(indices[i + 2]!)];
        const face = b.clone().sub(a).cross(c.clone().sub(a));
        const n = new Vector3();
        for (const k of [0, 1, 2]) {
          const v = indices[i + k]!;
          n.add(new Vector3(normals[v * 3], normals[v * 3 + 1], normals[v * 3 + 2]));
        }
        if (face.dot(n) >= 0) agree += 1;
      }
      // A ragged crown may have a triangle that leans; a wrongly wound one has half of them or more.
      expect(agree / (indices.length / 3)).toBeGreaterThan(0.9);
      for (let i = 0; i < slots.length; i++) {
        expect(Math.hypot(normals[i * 3]!, normals[i * 3 + 1]!, normals[i * 3 + 2]!)).toBeCloseTo(1, 5);
      }
      const heights = slots.map((_, i) => positions[i * 3 + 2]!);
      expect(Math.min(...heights)).toBeLessThanOrEqual(0);
      expect(Math.max(...heights)).toBeGreaterThan(0.85);
    }
  });

  it('cost less the farther away they are', () => {
    const triangles = ([0, 1, 2, 3] as const).map((level) => shapeOf(item(kind, 0.5), level).indices.length / 3);
    expect([...triangles].sort((a, b) => b - a)).toEqual(triangles);
    expect(triangles[3]).toBeLessThanOrEqual(60);
  });
});

describe('a batch', () => {
  it('draws what is in view, nearest first, each thing as fine as its distance asks for', () => {
    const builder = new MeshBuilder();
    for (let i = 0; i < 12; i++) builder.vertex(i, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    const pieces = [
      {
        middle: new Vector3(50, 0, 0),
        radius: 1,
        levels: [
          [0, 1, 2],
          [3, 4, 5],
        ],
      },
      {
        middle: new Vector3(10, 0, 0),
        radius: 1,
        levels: [
          [6, 7, 8],
          [9, 10, 11],
        ],
      },
      {
        middle: new Vector3(-10, 0, 0),
        radius: 1,
        levels: [
          [0, 2, 1],
          [0, 2, 1],
        ],
      },
      {
        middle: new Vector3(500, 0, 0),
        radius: 1,
        levels: [
          [1, 0, 2],
          [1, 0, 2],
        ],
      },
    ];
    const batch = new Batch(builder.buildVertices(), pieces, new MeshBasicNodeMaterial(), 0);
    const camera = new PerspectiveCamera(60, 2, 0.1, 1000);
    camera.up.set(0, 0, 1);
    camera.lookAt(1, 0, 0);
    camera.updateMatrixWorld();
    const projection = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    const view = {
      frustum: new Frustum().setFromProjectionMatrix(projection),
      position: new Vector3(),
      focal: 100,
    };
    batch.choose(view, [20, 100]);
    const { geometry } = batch.mesh;
    expect(geometry.drawRange.count).toBe(6);
    expect([...geometry.index!.array].slice(0, 6)).toEqual([6, 7, 8, 3, 4, 5]);
    batch.choose(view, [1, 5]);
    expect(batch.mesh.visible).toBe(false);
  });
});
