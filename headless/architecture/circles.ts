import path from 'node:path';
import { isTest, type SourceFile } from './imports.ts';

/** What imports what at one level; on each arrow an import that makes it. */
type Graph = Map<string, Map<string, string>>;

/**
 * Circles of imports, at every folder's level: among its files and subfolders, where a subfolder stands for everything in it.
 * Tests may reach anywhere and are left out.
 * @returns a line for each circle, with the imports that make it; circles of one level share no arrow
 */
export function importCircles(sources: readonly SourceFile[]): string[] {
  const files = sources.filter(({ file }) => !isTest(file));
  const known = new Set(files.map(({ file }) => file));
  const levels = new Map<string, Graph>();
  for (const { file, imports } of files) {
    for (const { target } of imports) {
      if (target !== undefined && target !== file && known.has(target)) addArrow(levels, file, target);
    }
  }
  return [...levels].sort().flatMap(([level, graph]) => circlesOf(graph).map((circle) => tell(level, graph, circle)));
}

/** An import is an arrow at one level: that of the innermost folder that holds both files. */
function addArrow(levels: Map<string, Graph>, from: string, to: string): void {
  const [a, b] = [from.split('/'), to.split('/')];
  let depth = 0;
  while (a[depth] === b[depth]) depth++;
  const level = a.slice(0, depth).join('/');
  const graph = levels.get(level) ?? new Map();
  levels.set(level, graph);
  const arrows = graph.get(a[depth]!) ?? new Map();
  graph.set(a[depth]!, arrows);
  if (!arrows.has(b[depth]!)) arrows.set(b[depth]!, `${from} imports ${path.posix.relative(level, to)}`);
}

/** Takes one circle after the other out of the arrows, until none is left. */
function circlesOf(graph: Graph): string[][] {
  const left = new Map([...graph].map(([from, arrows]) => [from, new Set(arrows.keys())]));
  const circles: string[][] = [];
  while (true) {
    dropEnds(left);
    const circle = walk(left);
    if (circle === undefined) return circles;
    circles.push(circle);
    for (const [i, from] of circle.entries()) left.get(from)!.delete(circle[(i + 1) % circle.length]!);
  }
}

/** Leaves only what has a way on from it, again and again: everything, if anything, that leads into a circle. */
function dropEnds(left: Map<string, Set<string>>): void {
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [from, arrows] of left) {
      for (const to of arrows) if (!left.has(to)) arrows.delete(to);
      if (arrows.size === 0) left.delete(from);
    }
  }
}

/** Follows arrows until a place comes again. */
function walk(left: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const way: string[] = [];
  let at = left.keys().next().value;
  if (at === undefined) return undefined;
  while (!way.includes(at)) {
    way.push(at);
    at = left.get(at)!.values().next().value!;
  }
  return way.slice(way.indexOf(at));
}

function tell(level: string, graph: Graph, circle: readonly string[]): string {
  const arrows = circle.map((from, i) => graph.get(from)!.get(circle[(i + 1) % circle.length]!)!);
  return `${level || 'the root'}: ${[...circle, circle[0]!].join(' > ')} (${arrows.join('; ')})`;
}
