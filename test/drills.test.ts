import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDrill } from '../cli/drill/engine.js';
import { runDrill } from '../emulator/index.js';
import { createEmulator, language } from '../index.js';
import {
  drills,
  kindsOf,
  openingOf,
  repository,
  rulesOf,
  type Variant,
  variantsOf,
} from './support/drillBook.js';

const words = language();
const SLOWEST_MS = 60_000;

/** A full stop inside of `R1.0.x` ends none. */
const sentences = (text: string): number => text.match(/[.?!](?=\s|$)/g)?.length ?? 0;

/** What a failed drill says, or nothing. */
function failureOf({ file, defines }: Variant): string {
  const read = readDrill(join(repository, file), defines);
  if ('problems' in read)
    return read.problems.map((one) => `${one.line}:${one.column} ${one.message}`).join('\n');
  const result = runDrill(createEmulator({ log: 'counted' }).world, read.drill, words);
  return result.failures.map((one) => `${one.line}:${one.column} ${one.command}\n${one.message}`).join('\n');
}

describe('the drills', () => {
  const variants = drills.flatMap((file) => variantsOf(file));
  it.each(variants.map((variant) => [variant.title, variant] as const))(
    '%s',
    (_title, variant) => expect(failureOf(variant)).toBe(''),
    SLOWEST_MS,
  );

  it('have names of their own', () => {
    const names = drills.map((file) => basename(file));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('open with a sentence or two that say what they show, and stand for themselves', () => {
    const isRight = (shown: string) =>
      /[.?]$/.test(shown) && sentences(shown) <= 2 && !/^(The same|As) /.test(shown);
    expect(drills.filter((file) => !isRight(openingOf(file)))).toEqual([]);
  });

  it('name their rules', () => {
    const without = drills.filter((file) => rulesOf(file).some((rule) => !/^[SD][1-9]\d?$/.test(rule)));
    expect(without).toEqual([]);
  });
});

describe('each rule is shown by a drill', () => {
  const rules = (letter: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
  const named = new Set(drills.flatMap((file) => rulesOf(file)));

  it.each([...rules('S', 21), ...rules('D', 22), 'D23', 'D24', 'D26', 'D27', 'D28', 'D29', 'D30'])(
    '%s',
    (rule) => expect([...named]).toContain(rule),
  );
});

describe('what the rules say of one kind of node only is shown there', () => {
  const shown = (rule: string) =>
    new Set(
      drills
        .filter((file) => rulesOf(file).includes(rule))
        .flatMap((file) => variantsOf(file))
        .flatMap((variant) => [...kindsOf(variant)]),
    );
  it.each(['S7', 'S8', 'S11', 'S12', 'D4', 'D5', 'D6'])('%s on an SSC', (rule) =>
    expect(shown(rule)).toContain('ssc'),
  );
  it.each(['S13', 'S14', 'S15', 'S16'])('%s on an EEE', (rule) => expect(shown(rule)).toContain('eee'));
  const onBoth = [
    'D1',
    'D2',
    'D3',
    'D7',
    'D8',
    'D10',
    'D11',
    'D12',
    'D13',
    'D14',
    'D19',
    'D20',
    'D21',
    'D28',
    'D29',
  ];
  it.each(onBoth)('%s on both', (rule) =>
    expect([...shown(rule)]).toEqual(expect.arrayContaining(['ssc', 'eee'])),
  );
});
