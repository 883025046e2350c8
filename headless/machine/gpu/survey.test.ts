import { describe, expect, it } from 'vitest';
import { openGpu } from './open.ts';
import { surveyGpu } from './survey.ts';

describe('the survey of drivers', () => {
  it('accepts what openGpu takes, and gives a reason for everything else', async () => {
    const survey = await surveyGpu();
    expect(survey.entries.length).toBeGreaterThan(0);
    for (const entry of survey.entries) {
      expect(entry.accepted).toBe(entry.reason === undefined);
      if (entry.accepted) expect(entry.adapter?.driver).toBe(entry.driver);
    }
    const gpu = await openGpu().catch(() => undefined);
    expect(survey.used?.adapter).toEqual(gpu?.adapter);
    if (!survey.used) expect(survey.mend).toMatch(/\w/);
    gpu?.close();
  });
});
