import { describe, expect, it } from 'vitest';
import { Status, type StatusName, statuses, statusName } from '../../rmc-core/index.js';

describe('the statuses', () => {
  it('D2 stand in one registry, each with a name, a meaning and whether it is definite', () => {
    expect(statuses.map(({ code }) => code)).toEqual(statuses.map((_, index) => index));
    for (const { code, name, meaning } of statuses) {
      expect(Status[name]).toBe(code);
      expect(statusName(code)).toBe(name);
      expect(meaning).not.toBe('');
    }
    expect(statuses).toHaveLength(12);
  });

  it('D14 RMC_ECONNABORTED and RMC_ETIMEDOUT are not definite', () => {
    const vague: StatusName[] = ['RMC_INPROGRESS', 'RMC_ETIMEDOUT', 'RMC_ECONNABORTED'];
    expect(statuses.filter(({ definite }) => !definite).map(({ name }) => name)).toEqual(vague);
  });
});
