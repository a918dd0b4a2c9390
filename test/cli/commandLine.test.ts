import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../cli/commandLine.js';
import { definesOf, drillOptions } from '../../cli/drill/drillOptions.js';

const read = (...args: string[]) => readCommandLine(args);
const optionsOf = (...args: string[]) => drillOptions(read('drill', 'a.drill', ...args).options);

describe('which command a line names', () => {
  it.each([
    [[], 'ui', []],
    [['ui'], 'ui', []],
    [['a.drill'], 'ui', ['a.drill']],
    [['ui', 'a.drill'], 'ui', ['a.drill']],
    [['monitor'], 'monitor', []],
    [['--no-color', 'monitor', 'a.drill'], 'monitor', ['a.drill']],
    [['drill', 'a', 'b'], 'drill', ['a', 'b']],
    [['--seed', '3', 'drill', 'a'], 'drill', ['a']],
    [['drill', '--', '-a.drill'], 'drill', ['-a.drill']],
  ])('%j is %s with %j', (args, command, operands) => {
    const given = readCommandLine(args);
    expect([given.command.name, given.operands]).toEqual([command, operands]);
  });

  it.each([
    [['drll'], /no command drll.*did you mean drill\?/],
    [['moniter'], /did you mean monitor\?/],
    [['drill'], /drill needs a file or folder/],
    [['ui', 'a', 'b'], /ui takes one drill, not 2: a b/],
    ...['compare', 'export', 'lesson', 'campaign', 'merge', 'wireshark', 'cc', 'doctor'].map(
      (name): [string[], RegExp] => [[name], new RegExp(`^${name} .*comes later`)],
    ),
  ])('%j is refused', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
  });
});

describe('options', () => {
  it.each([
    [['drill', 'a', '--sed', '1'], /drill has no option --sed; did you mean --seed\?/],
    [['drill', 'a', '--seeed=1'], /did you mean --seed\?/],
    [['drill', 'a', '-x'], /no option -x/],
    [['monitor', '--seeds', '2'], /monitor has no option --seeds; it belongs to drill/],
    [['drill', 'a', '--seed'], /--seed needs a value: --seed <n>/],
    [['drill', 'a', '--out='], /--out needs a value/],
    [['drill', 'a', '--seed', '--quiet'], /--seed needs a value/],
    [['drill', 'a', '--seed', '1', '--seed', '2'], /--seed stands here 2 times/],
    [['drill', 'a', '--shard', '1/2'], /--shard .*comes later/],
    [['drill', 'a', '--isolate', 'process'], /--isolate .*comes later/],
    [['drill', 'a', '--against', 'x'], /--against .*comes later/],
    [['ui', '--at', '1s', '--at', '2s'], /--at stands here 2 times/],
    [['drill', 'a', '--bail=yes'], /--bail takes no value/],
  ])('%j is refused', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
  });

  it('have their usual values when none is given', () => {
    expect(optionsOf()).toEqual({
      seed: 1,
      seeds: 1,
      defines: new Map(),
      reporters: [{ name: 'pretty', file: undefined }],
      log: 'kept',
      out: undefined,
      filter: undefined,
      checkDeterminism: false,
      check: false,
      list: false,
      bail: false,
      quiet: false,
    });
  });

  it('are read with = and without', () => {
    expect(optionsOf('--seed=7', '--seeds', '3', '--log', 'off')).toMatchObject({
      seed: 7,
      seeds: 3,
      log: 'off',
    });
  });

  it('keep a value as it is written, dots and digits and = included', () => {
    const defines = optionsOf('--define', 'a=1.50', '--define', 'b_c=x=y', '--define=e=').defines;
    expect([...defines]).toEqual([
      ['a', '1.50'],
      ['b_c', 'x=y'],
      ['e', ''],
    ]);
  });

  it('take a reporter with a file and one without', () => {
    expect(optionsOf('--reporter', 'pretty', '--reporter', 'json=a b.json').reporters).toEqual([
      { name: 'pretty', file: undefined },
      { name: 'json', file: 'a b.json' },
    ]);
  });

  it.each([
    [['--seed', 'x'], /--seed is a whole number from 0 to 4294967295, not x/],
    [['--seed', '-1'], /whole number/],
    [['--seed', '1.5'], /whole number/],
    [['--seeds', '0'], /--seeds is a whole number from 1/],
    [['--define', 'a'], /--define is written <name>=<value>, not a/],
    [['--define', '1a=2'], /"1a" is no name/],
    [['--define', 'a=1', '--define', 'a=2'], /--define a stands here twice/],
    [['--log', 'all'], /--log is off, counted or kept, not all/],
    [['--reporter', 'xml'], /--reporter is pretty or json, not xml/],
    [['--reporter', 'junit'], /junit comes later/],
    [['--reporter', 'html=x.html'], /html comes later/],
    [['--reporter', 'json='], /name of the file is missing/],
    [['--reporter', 'json', '--reporter', 'pretty'], /two reporters write to standard output/],
    [['--reporter', 'json=a', '--reporter', 'pretty=a'], /two reporters write to a/],
  ])('%j has a wrong value', (args, message) => {
    expect(() => optionsOf(...args)).toThrow(message);
  });

  it('--define of monitor and ui is read the same way', () => {
    expect([...definesOf(read('monitor', '--define', 'a=b').options)]).toEqual([['a', 'b']]);
  });
});
