import { z } from 'zod';
import { adapter } from '../../gpu/adapter.ts';
import { preference } from '../../shell/preferences.ts';
import type { PictureQuality } from './road-view.ts';

/** What a person may ask for; `auto` leaves it to the machine. */
export const QUALITY_CHOICES = ['auto', 'low', 'standard'] as const;
export type QualityChoice = (typeof QUALITY_CHOICES)[number];

/** Kept from one start to the next. What networks see does not depend on it. */
export const qualityChoice = preference<QualityChoice>('picture-quality', z.enum(QUALITY_CHOICES), 'auto');

/** How the road is drawn now: in low quality where a processor does the drawing, unless a person wants it otherwise. */
export function pictureQuality(): PictureQuality {
  if (qualityChoice.value !== 'auto') return qualityChoice.value;
  return adapter.value?.state === 'hardware' ? 'standard' : 'low';
}
