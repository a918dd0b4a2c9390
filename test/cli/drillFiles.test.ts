import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drillFiles } from '../../cli/drill/drillFiles.js';

let folder: string;
const file = (path: string): void => writeFileSync(join(folder, path), 'nodes\n');
const found = (...operands: string[]) =>
  drillFiles(operands.map((each) => join(folder, each))).map((each) => relative(folder, each));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rmc-emu-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the drills of a folder', () => {
  it('are all *.drill below it by code units, without those that begin with a dot', () => {
    mkdirSync(join(folder, 'b'));
    mkdirSync(join(folder, '.hidden'));
    for (const path of ['b/z.drill', 'b/.x.drill', 'ä.drill', 'B.drill', 'a.drill', 'a.txt']) file(path);
    file('.hidden/a.drill');
    expect(found('')).toEqual(['B.drill', 'a.drill', 'b/z.drill', 'ä.drill']);
  });

  it('hold links to files, not to folders, so that a circle ends', () => {
    file('a.drill');
    symlinkSync('.', join(folder, 'round'));
    symlinkSync('a.drill', join(folder, 'same.drill'));
    expect(found('')).toEqual(['a.drill']);
  });

  it('are refused by name when there are none', () => {
    mkdirSync(join(folder, 'empty'));
    expect(() => found('empty')).toThrow(/the folder .*empty holds no \*\.drill file/);
  });
});

describe('operands', () => {
  it('keep their order, and a file that is reached twice counts once', () => {
    for (const path of ['a.drill', 'b.drill', 'c.txt']) file(path);
    expect(found('c.txt', 'b.drill', '')).toEqual(['c.txt', 'b.drill', 'a.drill']);
  });

  it('that are not there are all named', () => {
    file('a.drill');
    expect(() => found('x.drill', 'y', 'a.drill/b')).toThrow(
      /there is no .*x\.drill\n.*there is no .*y\n.*part of its path is a file/,
    );
  });
});
