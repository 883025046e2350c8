import type { Page } from 'playwright';
import { expect } from 'vitest';

/** How long one step may take on a busy machine without a graphics card [ms]. */
export const PATIENCE = 120_000;

/** The epoch that a run has reached. */
export async function epochOf(page: Page): Promise<number> {
  const figure = page.locator('dt', { hasText: 'Epoch' }).locator('xpath=following-sibling::dd[1]');
  return Number.parseInt(await figure.innerText(), 10) || 0;
}

export async function untilEpoch(page: Page, epoch: number): Promise<void> {
  await expect.poll(() => epochOf(page), { timeout: PATIENCE }).toBeGreaterThanOrEqual(epoch);
}
