/** What a column of somebody's table may hold for us. */
export const ROLES = ['picture', 'left', 'right', 'time', 'steering', 'speed', 'torque', 'throttle', 'brake'] as const;
export type Role = (typeof ROLES)[number];

/** Cameras by the role of the column that names their pictures. */
export const CAMERA_OF = { picture: 'centre', left: 'left', right: 'right' } as const;

interface Spelling {
  /** One of these is in the name. */
  readonly any: readonly string[];
  /** And nothing else but these. */
  readonly with: readonly string[];
}

const PICTURE_WORDS = ['image', 'img', 'picture', 'pic', 'photo', 'file', 'path', 'jpg', 'png', 'rgb'];
const CAMERA_WORDS = [...PICTURE_WORDS, 'camera', 'cam', 'frame', 'name', 'view'];
const USER = [
  'user',
  'driver',
  'human',
  'vehicle',
  'car',
  'ego',
  'current',
  'value',
  'command',
  'cmd',
  'input',
  'target',
];

/** How people call such columns, by the words of which a name is made. The first that fits counts. */
const SPELLINGS: readonly (readonly [Role, Spelling])[] = [
  ['left', { any: ['left'], with: CAMERA_WORDS }],
  ['right', { any: ['right'], with: CAMERA_WORDS }],
  ['picture', { any: ['center', 'centre', 'front', 'central', 'middle'], with: CAMERA_WORDS }],
  ['picture', { any: PICTURE_WORDS, with: CAMERA_WORDS }],
  ['torque', { any: ['torque'], with: [...USER, 'steering', 'steer', 'wheel', 'hand', 'hands'] }],
  [
    'steering',
    { any: ['steering', 'steer', 'angle', 'swa', 'lenkwinkel'], with: [...USER, 'wheel', 'position', 'pos'] },
  ],
  ['steering', { any: ['wheel'], with: [...USER, 'position', 'pos'] }],
  ['throttle', { any: ['throttle', 'gas', 'accelerator'], with: [...USER, 'pedal', 'position', 'pos'] }],
  // The simulator's brake is called `reverse` in much of its users' code.
  ['brake', { any: ['brake', 'braking', 'break', 'reverse'], with: [...USER, 'pedal', 'position', 'pos'] }],
  ['speed', { any: ['speed', 'velocity', 'vel', 'v'], with: USER }],
  [
    'time',
    {
      any: ['time', 'timestamp', 'stamp', 't', 'ts', 'date', 'datetime', 'clock'],
      with: ['unix', 'utc', 'frame', 'system'],
    },
  ],
];

/** Words that are written together in names of columns. */
const GLUED =
  /(steering|steer(?!ing)|throttle|brake|speed|image|img|center|centre|left|right|time|file|wheel)(?=[a-z]{2})/g;

/** The words of a column's name, lower case: `steeringAngle(deg)` → steering, angle, deg. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(GLUED, '$1 ')
    .split(/[^a-z\d°%·]+/)
    .filter((word) => word !== '');
}

/**
 * What a column of this name holds, by the ways in which people call such columns.
 * @param units words that may stand in the name beside
 */
export function roleOf(name: string, isUnit: (word: string, role: Role) => boolean): Role | undefined {
  const words = wordsOf(name);
  return SPELLINGS.find(([role, spelling]) => {
    const others = words.filter((word) => !spelling.any.includes(word));
    return others.length < words.length && others.every((word) => spelling.with.includes(word) || isUnit(word, role));
  })?.[0];
}
