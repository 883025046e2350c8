import { Color } from 'three/webgpu';
import type { SceneryItem, SceneryKind } from '../../track/track.ts';
import type { Palette } from '../palette.ts';
import { delineatorPost, roadSign, streetLamp } from './furniture.ts';
import { house } from './house.ts';
import { broadleafTree, bush, conifer, type Level, rock } from './plants.ts';
import type { Template } from './template.ts';

/** How a kind looks, and how it is drawn. */
interface Kind {
  /** Shapes to choose from. */
  readonly variants: number;
  shape(variant: number, level: Level): Template;
  /** One colour for each slot. */
  colours(palette: Palette, item: SceneryItem): readonly Color[];
  /** How much light of its own each slot gives at night, 0 to 1. */
  readonly glow?: readonly number[];
  /** How leafy each slot looks, 0 to 1. */
  readonly leafy?: readonly number[];
  /** Radius of the ball around its middle that holds it, as a share of the height; 0.6 where absent. */
  readonly girth?: number;
  /** Width of the shadow and its middle's height, as shares of the height; none: no shadow worth drawing. */
  readonly shadow?: { readonly radius: number; readonly middle: number };
}

const WHITE = srgb(0.92, 0.92, 0.9);
const DARK = srgb(0.1, 0.1, 0.11);
const METAL = srgb(0.55, 0.57, 0.6);
const RED = srgb(0.75, 0.1, 0.09);
const BLUE = srgb(0.1, 0.28, 0.62);
const AMBER = srgb(0.95, 0.55, 0.1);
const YELLOW = srgb(0.95, 0.8, 0.15);
const GLASS = srgb(0.2, 0.25, 0.3);

export const CATALOGUE: Readonly<Record<SceneryKind, Kind>> = {
  tree: {
    leafy: [1, 0.3],
    variants: 5,
    shape: broadleafTree,
    colours: (palette, item) => [shaded(choose(palette.leaves, item.variant * 7), item), palette.bark],
    shadow: { radius: 0.31, middle: 0.6 },
  },
  conifer: {
    leafy: [0.8, 0.3],
    variants: 4,
    shape: conifer,
    colours: (palette, item) => [shaded(choose(palette.needles, item.variant * 7), item), palette.bark],
    shadow: { radius: 0.18, middle: 0.4 },
  },
  bush: {
    leafy: [1],
    girth: 1.5,
    variants: 4,
    shape: bush,
    colours: (palette, item) => [shaded(choose(palette.leaves, item.variant * 5), item)],
    shadow: { radius: 0.95, middle: 0.3 },
  },
  rock: {
    leafy: [0.7],
    girth: 1.5,
    variants: 3,
    shape: rock,
    colours: (palette, item) => [shaded(palette.rock, item)],
    shadow: { radius: 0.9, middle: 0.2 },
  },
  post: { glow: [0, 0, 0.5], variants: 1, shape: delineatorPost, colours: () => [WHITE, DARK, AMBER] },
  sign: {
    glow: [0.3, 0, 0.3],
    variants: 2,
    shape: roadSign,
    colours: (_, item) =>
      item.variant < 0.4 ? [WHITE, METAL, RED] : item.variant < 0.7 ? [BLUE, METAL, WHITE] : [YELLOW, METAL, DARK],
  },
  lamp: { glow: [1, 0], variants: 1, shape: streetLamp, colours: () => [WHITE, METAL] },
  house: {
    leafy: [0.12, 0.3, 0],
    girth: 1.4,
    variants: 4,
    shape: house,
    colours: (palette, item) => [
      choose(palette.walls, item.variant * 9),
      choose(palette.roofs, item.variant * 13),
      GLASS,
    ],
    shadow: { radius: 0.85, middle: 0.45 },
  },
};

const shapes = new Map<string, Template>();

/** The shape of an item at a level of detail; shapes are made once. */
export function shapeOf(item: SceneryItem, level: Level): Template {
  const kind = CATALOGUE[item.kind];
  const variant = Math.min(kind.variants - 1, Math.floor(item.variant * kind.variants));
  const key = `${item.kind}/${variant}/${level}`;
  let shape = shapes.get(key);
  if (!shape) {
    shape = kind.shape(variant, level);
    shapes.set(key, shape);
  }
  return shape;
}

function srgb(red: number, green: number, blue: number): Color {
  return new Color().setRGB(red, green, blue, 'srgb');
}

function choose<T>(items: readonly T[], share: number): T {
  return items[Math.floor((share % 1) * items.length)]!;
}

/** No two of a kind have quite the same tone. */
function shaded(colour: Color, item: SceneryItem): Color {
  return colour.clone().multiplyScalar(0.82 + 0.36 * ((item.variant * 31) % 1));
}
