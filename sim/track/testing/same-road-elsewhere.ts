import { cos, sin } from '../../maths/deterministic.ts';
import { trackFromFile } from '../from-file.ts';
import type { SourcePoint, Track } from '../track.ts';

const HILL = '<elevation s="0" a="ALTITUDE" b="0.02" c="0" d="0"/>';

/** A road of a straight and a bend from an OpenDRIVE file that lies at a place. */
function openDriveAt({ x, y, z }: SourcePoint): Track {
  const lane = (id: number) =>
    `<lane id="${id}" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/>
     <roadMark sOffset="0" type="solid" color="white" width="0.12"/></lane>`;
  const centre = '<lane id="0" type="none"><roadMark sOffset="0" type="broken" color="white" width="0.12"/></lane>';
  const text = `<OpenDRIVE><header revMajor="1" revMinor="7"/><road id="1" length="200" junction="-1"><planView>
    <geometry s="0" x="${x}" y="${y}" hdg="0" length="100"><line/></geometry>
    <geometry s="100" x="${x + 100}" y="${y}" hdg="0" length="100"><arc curvature="0.01"/></geometry></planView>
    <elevationProfile>${HILL.replace('ALTITUDE', String(z))}</elevationProfile>
    <lanes><laneSection s="0"><left>${lane(1)}</left><center>${centre}</center><right>${lane(-1)}</right></laneSection>
    </lanes></road></OpenDRIVE>`;
  return trackFromFile(text, 'road.xodr');
}

/** A round circuit from a centre line that lies at a place. */
function centreLineAt({ x, y }: SourcePoint): Track {
  const points = Array.from({ length: 80 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 80;
    return `${x + 120 * cos(angle)},${y + 90 * sin(angle)},4,5`;
  });
  return trackFromFile(['# x_m,y_m,w_tr_right_m,w_tr_left_m', ...points].join('\n'), 'road.csv');
}

/** The same road wherever it lies, for each format of roads. */
export const ROADS_ANYWHERE = { OpenDRIVE: openDriveAt, 'CSV centre line': centreLineAt } as const;

/** Where people's roads lie: UTM, Gauss-Krüger with the zone before the easting, Web Mercator, high mountains. */
export const FAR_PLACES: readonly SourcePoint[] = [
  { x: 691_000, y: 5_334_000, z: 519.25 },
  { x: 4_468_503.125, y: 5_333_272.375, z: -12 },
  { x: -13_627_361.5, y: -4_546_040.25, z: 0 },
  { x: 0.75, y: 12_345.5, z: 4800 },
];
