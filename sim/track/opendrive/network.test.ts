import { describe, expect, it } from 'vitest';
import { atan, cos, log, sin } from '../../maths/deterministic.ts';
import { Refusal } from '../../refusal.ts';
import { readOpenDrive } from './network.ts';
import { lanesAt } from './road.ts';
import { sampleOpenDrive } from './sample.ts';

const LANES = `<lanes><laneOffset s="0" a="1" b="0.01" c="0" d="0"/><laneSection s="0">
  <left><lane id="1" type="driving"><border sOffset="0" a="3" b="0" c="0" d="0"/></lane></left>
  <center><lane id="0" type="none"/></center>
  <right><lane id="-2" type="shoulder"><width sOffset="0" a="1" b="0" c="0" d="0"/></lane>
  <lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/>
  <width sOffset="50" a="3.5" b="0.1" c="0" d="0"/></lane></right></laneSection></lanes>`;
const LINE = '<geometry s="0" x="0" y="0" hdg="0" length="100"><line/></geometry>';

interface Parts {
  readonly geometry?: string;
  readonly lanes?: string;
  readonly link?: string;
  readonly length?: string;
  readonly head?: string;
  readonly more?: string;
  readonly version?: string;
  readonly rule?: string;
  readonly type?: string;
}

function file({
  geometry = LINE,
  lanes = LANES,
  link = '',
  length = '100',
  head = '',
  more = '',
  version = '6',
  rule = 'RHT',
  type = '',
}: Parts = {}) {
  return `<?xml version="1.0"?>${head}<OpenDRIVE><header revMajor="1" revMinor="${version}"/>
    <road id="7" name="a" length="${length}" junction="-1" rule="${rule}"><link>${link}</link>
    <type s="0" type="town">${type}</type><planView>${geometry}</planView>
    ${lanes}</road>${more}</OpenDRIVE>`;
}

const geometry = (shape: string, length = 100) =>
  `<geometry s="0" x="10" y="20" hdg="0.5" length="${length}">${shape}</geometry>`;

describe('an OpenDRIVE file', () => {
  it('has lanes from right to left, by width, by border, and with the lane offset', () => {
    const road = readOpenDrive(file(), 'a.xodr').roads.get('7')!;
    expect(lanesAt(road, 60).map(({ lane, outer }) => [lane.id, Number(outer.toFixed(9))])).toEqual([
      [-2, 1.6 - 3.5 - 1 - 1],
      [-1, 1.6 - 3.5 - 1],
      [0, 1.6],
      [1, 1.6 + 3],
    ]);
  });

  it('follows a poly3 by its arc length', () => {
    // A parabola v = u²/80 has the arc length u/2·√(1+m²) + 20·asinh(m) with m = u/40; 100 m reach u = 80.2 or so.
    const shape = geometry('<poly3 a="0" b="0" c="0.0125" d="0"/>', 100);
    const road = readOpenDrive(file({ geometry: shape }), 'a.xodr').roads.get('7')!;
    const end = road.line.pointAt(100, { x: 0, y: 0, heading: 0, curvature: 0 });
    const [dx, dy] = [end.x - 10, end.y - 20];
    const u = dx * cos(0.5) + dy * sin(0.5);
    const v = dy * cos(0.5) - dx * sin(0.5);
    expect(v).toBeCloseTo((u * u) / 80, 9);
    const m = u / 40;
    expect((u / 2) * Math.sqrt(1 + m * m) + 20 * log(m + Math.sqrt(m * m + 1))).toBeCloseTo(100, 6);
    expect(end.heading).toBeCloseTo(0.5 + atan(m), 9);
  });

  it.each(['arcLength', 'normalized'])('follows a paramPoly3 over a %s range', (range) => {
    // A straight at 30° to the u axis would not set out along hdg; a gentle parabola does.
    const scale = range === 'arcLength' ? 1 : 100;
    const shape = `<paramPoly3 pRange="${range}" aU="0" bU="${scale}" cU="0" dU="0" aV="0" bV="0" cV="${0.0001 * scale * scale}" dV="0"/>`;
    const [road] = sampleOpenDrive(readOpenDrive(file({ geometry: geometry(shape) }), 'a.xodr'), 2);
    for (const { x, y } of road!.samples) {
      const u = (x - 10) * cos(0.5) + (y - 20) * sin(0.5);
      const v = (y - 20) * cos(0.5) - (x - 10) * sin(0.5);
      expect(v).toBeCloseTo(0.0001 * u * u, 9);
    }
  });

  it.each([
    ['a negative length', file({ length: '-3' }), /a\.xodr: road 7: the length is -3; give a positive length/],
    ['a negative piece', file({ geometry: geometry('<line/>', -5) }), /road 7: geometry 0: the length is -5/],
    ['a length that is no number', file({ length: 'NaN' }), /road 7: length is "NaN"; give a finite number/],
    [
      'a length that is not its own',
      file({ length: '140' }),
      /road 7: its length is 140, but its geometry is 100\.000/,
    ],
    [
      'a gap',
      file({
        length: '200',
        geometry: `${LINE}<geometry s="100" x="100" y="3" hdg="0" length="100"><line/></geometry>`,
      }),
      /road 7: geometry 1: there is a gap of 3\.000 m before it/,
    ],
    [
      'pieces that overlap in s',
      file({
        length: '200',
        geometry: `${LINE}<geometry s="90" x="100" y="0" hdg="0" length="100"><line/></geometry>`,
      }),
      /road 7: geometry 1: it begins at s = 90/,
    ],
    ['an unknown geometry', file({ geometry: geometry('<nurbs/>') }), /road 7: geometry 0: it has no line, arc/],
    ['no lanes', file({ lanes: '' }), /road 7: it has no lane section/],
    [
      'a missing attribute',
      file({ geometry: geometry('<arc/>') }),
      /geometry 0: arc: the attribute curvature is missing/,
    ],
    ['a hole in the lane numbers', file({ lanes: LANES.replace('id="-1"', 'id="-3"') }), /on the right is lane -2/],
    [
      'a curve with a false length',
      file({ geometry: geometry('<paramPoly3 aU="0" bU="1" cU="0" dU="0" aV="0" bV="0" cV="0" dV="0"/>') }),
      /paramPoly3: the curve is 1\.00 m long, not 100\.00 m/,
    ],
    [
      'entities',
      file({ head: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' }),
      /declares a document type/,
    ],
    ['broken XML', file().replace('</planView>', ''), /no well-formed XML/],
    ['another version', file({ version: '9' }), /its version is 1\.9; give OpenDRIVE 1\.0 to 1\.8/],
    ['a version in words', file({ version: 'seven' }), /its version is 1\.seven; give OpenDRIVE 1\.0 to 1\.8/],
    [
      'another unit of speed',
      file({ type: '<speed max="50" unit="knots"/>' }),
      /road 7: type 0: speed: unit is "knots"/,
    ],
    ['another side of the road', file({ rule: 'XHT' }), /road 7: rule is "XHT"; give RHT or LHT/],
    ['two shapes in one', file({ geometry: geometry('<line/><arc curvature="0"/>') }), /it is both line and arc/],
    ['no length at all', file({ geometry: geometry('<line/>', 0) }), /road 7: its pieces are of no length/],
    ['no road', '<OpenDRIVE><header revMajor="1" revMinor="6"/></OpenDRIVE>', /there is no road in it/],
    ['something else', '<svg></svg>', /there is no <OpenDRIVE> in it/],
    ['a road twice', file({ more: file().match(/<road [\s\S]*<\/road>/)![0] }), /road 7 is there twice/],
  ])('is refused for %s', (_what, text, message) => {
    expect(() => readOpenDrive(text, 'a.xodr')).toThrow(Refusal);
    expect(() => readOpenDrive(text, 'a.xodr')).toThrow(message);
  });
});

const PIECE = (s: number, x: number, length: number) =>
  `<geometry s="${s}" x="${x}" y="0" hdg="0" length="${length}"><line/></geometry>`;
const SECOND = `<road id="9" length="50" junction="-1"><planView>${PIECE(0, 100, 50)}</planView>${LANES}</road>`;

describe('an OpenDRIVE file that is not quite right', () => {
  it.each([
    ['road', '<successor elementType="road" elementId="9" contactPoint="start"/>', 'road 9'],
    ['junction', '<predecessor elementType="junction" elementId="77"/>', 'junction 77'],
  ])('has an open end where a link leads to a %s that is not there', (_, link, target) => {
    const { roads, notes } = readOpenDrive(file({ link }), 'a.xodr');
    expect([roads.get('7')!.predecessor, roads.get('7')!.successor]).toEqual([undefined, undefined]);
    expect(notes).toEqual([
      expect.stringMatching(`^a link to what is not there is taken as an open end \\(1\\): road 7: \\w+: ${target}$`),
    ]);
  });

  it.each([
    ['loops back', '<successor elementType="road" elementId="7" contactPoint="start"/>', /loops back to its own road/],
    ['does not say which end', '<successor elementType="road" elementId="7"/>', /no known contactPoint/],
    ['does not say what it is', '<successor elementId="7" contactPoint="end"/>', /no known elementType/],
  ])('has an open end where a link %s', (_, link, note) => {
    const { roads, notes } = readOpenDrive(file({ link }), 'a.xodr');
    expect(roads.get('7')!.successor).toBeUndefined();
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it.each([
    ['a broken shape', SECOND.replace('<line/>', '<nurbs/>'), /road 9: geometry 0: it has no line/],
    [
      'a length of its own, and pieces of none',
      SECOND.replace('length="50"><line', 'length="0"><line'),
      /road 9: its pieces are of no/,
    ],
    [
      'a hole',
      SECOND.replace('</planView>', `${PIECE(50, 151, 9)}</planView>`),
      /road 9: geometry 1: there is a gap of 1/,
    ],
  ])('goes without a road of %s', (_, more, note) => {
    const { roads, notes } = readOpenDrive(file({ more }), 'a.xodr');
    expect([...roads.keys()]).toEqual(['7']);
    expect(notes.at(-1)).toMatch(/^a broken road is left out \(1\)/);
    expect(notes.at(-1)).toMatch(note);
  });

  it('joins what lies beside a road of no length', () => {
    const link = (name: string, id: number, contact: string) =>
      `<${name} elementType="road" elementId="${id}" contactPoint="${contact}"/>`;
    const point = SECOND.replaceAll('length="50"', 'length="0"').replace(
      '<planView>',
      `<link>${link('predecessor', 7, 'end')}${link('successor', 10, 'start')}</link><planView>`,
    );
    const way = '<connection id="0" incomingRoad="7" connectingRoad="9" contactPoint="start"/>';
    const { roads, junctions, notes } = readOpenDrive(
      file({
        link: link('successor', 9, 'start'),
        more: `${point}${SECOND.replace('id="9"', 'id="10"')}<junction id="3">${way}</junction>`,
      }),
      'a.xodr',
    );
    expect([...roads.keys()]).toEqual(['7', '10']);
    expect(roads.get('7')!.successor).toEqual({ kind: 'road', id: '10', contact: 'start' });
    expect(junctions.get('3')).toMatchObject([{ incomingRoad: '7', connectingRoad: '10', contact: 'start' }]);
    expect(notes).toEqual(['a road of no length is left out, and those beside it are joined (1): road 9']);
  });

  it('goes without the ways through junctions by roads that are not there', () => {
    const way = (road: number) =>
      `<connection id="${road}" incomingRoad="7" connectingRoad="${road}" contactPoint="start"/>`;
    const { junctions, notes } = readOpenDrive(
      file({ more: `${SECOND}<junction id="3">${way(9)}${way(10)}</junction>` }),
      'a.xodr',
    );
    expect(junctions.get('3')!.map(({ connectingRoad }) => connectingRoad)).toEqual(['9']);
    expect(notes).toEqual([
      expect.stringMatching(/by a road that is not there is left out \(1\): junction 3: connection 10/),
    ]);
  });

  it('goes without pieces of no length, wherever they stand', () => {
    const pieces = [PIECE(0, 0, 0), PIECE(0, 0, 60), PIECE(60, 60, 0), PIECE(60, 60, 40), PIECE(100, 100, 1e-7)];
    const { roads, notes } = readOpenDrive(file({ geometry: pieces.join('') }), 'a.xodr');
    expect(notes).toEqual([expect.stringMatching(/^a piece of no length is left out \(3\): road 7: geometry 0; /)]);
    expect(roads.get('7')!.line.length).toBe(100);
  });

  it('is evened out where an exporter rounded', () => {
    const pieces = [PIECE(0, 0, 49.93), PIECE(50, 50.02, 49.9)];
    const { roads, notes } = readOpenDrive(file({ geometry: pieces.join('') }), 'a.xodr');
    const { line } = roads.get('7')!;
    expect(line.length).toBeCloseTo(100, 9);
    // What the file says begins at s = 50 does.
    expect(line.pointAt(50, { x: 0, y: 0, heading: 0, curvature: 0 }).x).toBeCloseTo(50.02, 9);
    expect(notes).toEqual([
      expect.stringMatching(/^lengths that are off by up to 0\.1 m or 0\.1 % are evened out \(2\)/),
      expect.stringMatching(/^gaps of up to 0\.1 m between pieces are driven over \(1\): road 7: geometry 1/),
    ]);
  });

  it('is taken in the order that it states, not in that of its elements', () => {
    const pieces = [PIECE(60, 60, 40), PIECE(0, 0, 60)];
    const { roads, notes } = readOpenDrive(file({ geometry: pieces.join('') }), 'a.xodr');
    expect(roads.get('7')!.line.pointAt(80, { x: 0, y: 0, heading: 0, curvature: 0 }).x).toBeCloseTo(80, 9);
    expect(notes).toEqual([expect.stringMatching(/out of order, and are taken by their s \(1\): road 7: geometry 1/)]);
  });

  it.each([
    ['an older version', file({ version: '1' }), /older than 1\.4, and is read as 1\.4 \(1\): 1\.1/],
    ['no header', file().replace(/<header[^>]*>/, ''), /names no version, and the file is read as 1\.4/],
    ['a shape across the road', file().replace('<lanes>', '<lateralProfile><shape/></lateralProfile><lanes>'), /shape/],
  ])('is read with a note for %s', (_, text, note) => {
    expect(readOpenDrive(text, 'a.xodr').notes).toEqual([expect.stringMatching(note)]);
  });

  it('may have a comment before its declaration', () => {
    expect(readOpenDrive(`\n<!-- licence -->\n${file()}`, 'a.xodr').roads.size).toBe(1);
  });
});
