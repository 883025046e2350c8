import { box, emptyTemplate, type Template, turned } from './template.ts';

/** A white delineator post with a dark band and a reflector. Slot 0 white, slot 1 band, slot 2 reflector. */
export function delineatorPost(): Template {
  const t = emptyTemplate();
  box(t, [0, 0, 0.35], [0.09, 0.12, 0.8], 0);
  box(t, [0, 0, 0.85], [0.092, 0.122, 0.2], 1);
  box(t, [0, 0, 0.86], [0.1, 0.05, 0.12], 2);
  box(t, [0, 0, 0.975], [0.09, 0.12, 0.05], 0);
  return t;
}

/** A plate on a pole; its face looks back along the road. Slot 0 face, slot 1 pole, slot 2 rim. */
export function roadSign(variant: number): Template {
  const t = emptyTemplate();
  box(t, [0, 0, 0.42], [0.03, 0.03, 0.9], 1, 0.8);
  const wide = variant % 2 === 0 ? 0.26 : 0.36;
  const high = variant % 2 === 0 ? 0.26 : 0.18;
  box(t, [-0.02, 0, 0.85], [0.012, wide, high], 2);
  box(t, [-0.028, 0, 0.85], [0.012, wide * 0.76, high * 0.72], 0);
  return t;
}

/** A mast with an arm over the road. Slot 0 lamp, slot 1 mast. */
export function streetLamp(): Template {
  const t = emptyTemplate();
  turned(
    t,
    0,
    0,
    [
      { radius: 0.017, z: -0.02, shade: 0.85, up: 0 },
      { radius: 0.009, z: 1, shade: 1, up: 0 },
    ],
    5,
    1,
  );
  box(t, [0.1, 0, 0.99], [0.2, 0.014, 0.012], 1);
  box(t, [0.2, 0, 0.985], [0.09, 0.03, 0.015], 0);
  return t;
}
