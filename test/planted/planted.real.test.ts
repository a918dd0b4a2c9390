import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drillVariants, readBugs, readCaught, withBug } from '../../scripts/planted/bugs.js';
import { compileBugs } from '../../scripts/planted/compile.js';
import { eachOf, firstThatFails, repository } from '../../scripts/planted/drills.js';
import { plantedPage } from '../../scripts/planted/page.js';
import { titlesIn } from '../../scripts/testTitles.js';

const bugs = readBugs(repository);
const caught = readCaught(repository);
const drills = drillVariants(repository);
const SLOWEST_MS = 60_000;
const ALL_MS = 180_000;

describe('the planted bugs', () => {
  it('are thirty at least, each with a name of its own and a rule', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(30);
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
    expect(bugs.filter(({ rule }) => !/^[SD][1-9]\d?$/.test(rule))).toEqual([]);
  });

  it.each(bugs.map((bug) => [bug.name, bug] as const))('%s can be planted', (_name, bug) => {
    expect(withBug(repository, bug)).not.toBe(readFileSync(join(repository, bug.file), 'utf8'));
  });

  it('have all been caught, by drills and tests that there are', () => {
    const titles = new Set(drills.map(({ title }) => title));
    const isThere = (test: string): boolean => {
      const [file = '', title = ''] = test.split(/: (.*)/s);
      if (title === '') return false;
      const path = join(repository, file);
      return (
        existsSync(path) && titlesIn(file, readFileSync(path, 'utf8')).some((one) => one.title === title)
      );
    };
    const alive = bugs.filter(({ name }) => {
      const { drill, test } = caught[name] ?? {};
      return !(drill !== undefined && titles.has(drill)) && !(test !== undefined && isThere(test));
    });
    expect(alive.map(({ name }) => name)).toEqual([]);
    expect(Object.keys(caught).filter((name) => bugs.every((bug) => bug.name !== name))).toEqual([]);
  });

  it('stand on their page', () => {
    expect(readFileSync(join(repository, 'docs', 'planted.md'), 'utf8')).toBe(plantedPage(bugs, caught));
  });
});

/** One bug a rule: to plant them all takes too long for every run of the tests (`npm run planted` does). */
function oneOfEachRule(): typeof bugs {
  const byDrill = bugs.filter(({ name }) => caught[name]?.drill !== undefined);
  return byDrill.filter(({ rule }, at) => byDrill.findIndex((other) => other.rule === rule) === at);
}

describe('the drill that caught a planted bug catches it again', () => {
  const again = oneOfEachRule();
  const found = new Map<string, string | undefined>();
  let remove = (): void => {};

  beforeAll(async () => {
    const planted = compileBugs(repository, again);
    remove = planted.remove;
    await eachOf(again, 2, async (bug) => {
      const drill = drills.filter(({ title }) => title === caught[bug.name]?.drill);
      const said = await firstThatFails(repository, bug, planted.compiled(bug), drill, SLOWEST_MS);
      found.set(bug.name, said?.drill);
    });
  }, ALL_MS);
  afterAll(() => remove());

  it.each(again.map(({ name }) => [name]))('%s', (name) => expect(found.get(name)).toBe(caught[name]?.drill));
});
