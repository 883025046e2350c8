import { describe, expect, it } from 'vitest';
import { reportAdapter } from './adapter.ts';

const info = { vendor: '', architecture: '', device: '', description: '' };

describe('reportAdapter', () => {
  it('says nothing more about a graphics card', () => {
    expect(reportAdapter({ ...info, vendor: 'nvidia', architecture: 'ampere' }, false)).toEqual({
      state: 'hardware',
      name: 'nvidia ampere',
      advice: null,
    });
  });

  it.each([
    { ...info, vendor: 'google', architecture: 'swiftshader' },
    { ...info, vendor: 'mesa', description: 'llvmpipe (LLVM 19.1.7, 256 bits)' },
  ])('tells what to do about software rendering by %o', (words) => {
    const report = reportAdapter(words, false);
    expect(report.state).toBe('software');
    expect(report.advice).toMatch(/hardware acceleration/);
  });

  it('believes the browser when it calls an adapter a fallback', () => {
    expect(reportAdapter({ ...info, vendor: 'microsoft' }, true).state).toBe('software');
  });

  it('has a name for an adapter that hides its own', () => {
    expect(reportAdapter(info, false).name).toBe('unnamed adapter');
  });
});
