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
}

function file({
  geometry = LINE,
  lanes = LANES,
  link = '',
  length = '100',
  head = '',
  more = '',
  version = '6',
}: Parts = {}) {
  return `<?xml version="1.0"?>${head}<OpenDRIVE><header revMajor="1" revMinor="${version}"/>
    <road id="7" name="a" length="${length}" junction="-1"><link>${link}</link><planView>${geometry}</planView>
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
      'a link into nothing',
      file({ link: '<successor elementType="road" elementId="9" contactPoint="start"/>' }),
      /road 7: successor: there is no road 9/,
    ],
    [
      'a link loop',
      file({ link: '<successor elementType="road" elementId="7" contactPoint="start"/>' }),
      /road 7: successor: the link loops back to the road itself/,
    ],
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
    ['another version', file({ version: '3' }), /its version is 1\.3; give OpenDRIVE 1\.4 to 1\.8/],
    ['no road', '<OpenDRIVE><header revMajor="1" revMinor="6"/></OpenDRIVE>', /there is no road in it/],
    ['something else', '<svg></svg>', /there is no <OpenDRIVE> in it/],
    ['a road twice', file({ more: file().match(/<road [\s\S]*<\/road>/)![0] }), /road 7 is there twice/],
  ])('is refused for %s', (_what, text, message) => {
    expect(() => readOpenDrive(text, 'a.xodr')).toThrow(Refusal);
    expect(() => readOpenDrive(text, 'a.xodr')).toThrow(message);
  });
});
