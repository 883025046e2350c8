import { vec4 } from 'three/tsl';
import type { Material, Mesh } from 'three/webgpu';
import { Shading, type Vec4Node } from './shading.ts';

/** Surfaces without grain: a pixel of them looks nothing up. */
export class PlainShading extends Shading {
  override get grainHere(): Vec4Node {
    return vec4(0.5) as unknown as Vec4Node;
  }

  override get uprightGrain(): Vec4Node {
    return vec4(0.5) as unknown as Vec4Node;
  }
}

/** Exchanges the materials of some meshes for ones that cost a software driver less, and back. */
export class PlainView {
  readonly #exchanged: readonly { readonly mesh: Mesh; readonly full: Material; readonly plain: Material }[];
  #shown = false;

  /** @param plain the cheaper material of each mesh; it is disposed of with this view */
  constructor(plain: ReadonlyMap<Mesh, Material>) {
    this.#exchanged = [...plain].map(([mesh, material]) => ({
      mesh,
      full: mesh.material as Material,
      plain: material,
    }));
  }

  show(plain: boolean): void {
    if (plain === this.#shown) return;
    this.#shown = plain;
    for (const { mesh, ...materials } of this.#exchanged) mesh.material = plain ? materials.plain : materials.full;
  }

  dispose(): void {
    this.show(false);
    for (const { plain } of this.#exchanged) plain.dispose();
  }
}
