import { effect } from '@preact/signals';
import { z } from 'zod';
import { preference } from './preferences.ts';

const schema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof schema>;

export const theme = preference('theme', schema, 'system');

effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
