import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../emulator/index.js';
import { editDistance } from '../../../emulator/monitor/nearest.js';
import * as values from '../../../emulator/monitor/values.js';

const value = <T>(read: values.Read<T>) => ('value' in read ? read.value : undefined);
const problem = (read: values.Read<unknown>) => ('problem' in read ? read.problem : undefined);
const nearest = (read: values.Read<unknown>) => ('problem' in read ? read.nearest : undefined);

describe('values', () => {
  it('§3 durations: 250us, 10ms, 2s, 1m', () => {
    expect(
      ['250us', '10ms', '2s', '1m', '0us', '1.5s', '0.25ms'].map((text) => value(values.readDuration(text))),
    ).toEqual([250, 10_000, 2_000_000, 60_000_000, 0, 1_500_000, 250]);
    for (const text of ['', '10', 'ms', '-1ms', '1 ms', '10MS', '1h', '1e3us', '.5s', '0.1us', '1ms2']) {
      expect(value(values.readDuration(text)), text).toBeUndefined();
    }
    expect(problem(values.readDuration('10'))).toContain('without its unit');
    expect(problem(values.readDuration('999999999999999999s'))).toContain('too large');
    expect(problem(values.readDuration('9007199254740992us'))).toContain('too large');
  });

  it('§3 sizes: 64, 64KiB, 1MiB', () => {
    expect(['64', '64KiB', '1MiB', '0', '8B'].map((text) => value(values.readSize(text)))).toEqual([
      64, 65_536, 1_048_576, 0, 8,
    ]);
    for (const text of ['', '64kb', '-1', '0.3']) expect(value(values.readSize(text)), text).toBeUndefined();
  });

  it('§3 probabilities: 1%', () => {
    expect(['1%', '0%', '100%', '0.5%'].map((text) => value(values.readProbability(text)))).toEqual([
      0.01, 0, 1, 0.005,
    ]);
    for (const text of ['', '1', '101%', '-1%', '%', '0.5']) {
      expect(value(values.readProbability(text)), text).toBeUndefined();
    }
  });

  it('§3 bandwidths, whole numbers and hex bytes', () => {
    expect(['100Mbit', '64kbit', '0', '1Gbit'].map((text) => value(values.readBandwidth(text)))).toEqual([
      100_000_000, 64_000, 0, 1_000_000_000,
    ]);
    expect(value(values.readInteger('0x10', 0, 100))).toBe(16);
    expect(problem(values.readInteger('101', 0, 100))).toContain('out of bounds');
    expect(value(values.readHexBytes('00ff12'))).toEqual(new Uint8Array([0, 255, 18]));
    for (const text of ['', '0', 'xy', '0x']) expect(value(values.readHexBytes(text)), text).toBeUndefined();
  });

  it.each([
    ['10mss', '10ms'],
    ['10sec', '10s'],
    ['10', '10ms'],
    ['5 ms', '5ms'],
    ['1,5s', '1.5s'],
    ['10MS', '10ms'],
    ['3minutes', '3m'],
    ['3millis', '3ms'],
    ['20µs', '20us'],
    ['20usec', '20us'],
    ['1h', undefined],
    ['ms', undefined],
    ['-1ms', undefined],
    ['99999999999999999999mss', undefined],
  ])('§3 the duration nearest to %s is %s', (text, wanted) => {
    expect(nearest(values.readDuration(text))).toBe(wanted);
  });

  it.each([
    ['64kb', '64KiB'],
    ['64k', '64KiB'],
    ['1Mib', '1MiB'],
    ['64bytes', '64B'],
    ['64parsecs', undefined],
  ])('§3 the size nearest to %s is %s', (text, wanted) => {
    expect(nearest(values.readSize(text))).toBe(wanted);
  });

  it.each([
    ['5', '5%'],
    ['0.5', '50%'],
    ['1,5%', '1.5%'],
    ['150%', '100%'],
    ['5pct', '5%'],
    ['much', undefined],
    ['', undefined],
  ])('§3 the probability nearest to %s is %s', (text, wanted) => {
    expect(nearest(values.readProbability(text))).toBe(wanted);
  });

  it('§3 the bandwidth nearest to 10Mbps is 10Mbit', () => {
    expect(nearest(values.readBandwidth('10Mbps'))).toBe('10Mbit');
  });

  it('§3 what is proposed is always right', () => {
    const word = fc.stringMatching(/^[0-9]{1,3}[.,]?[0-9]? ?[a-zA-Z%]{0,4}$/);
    const readers = [values.readDuration, values.readSize, values.readProbability, values.readBandwidth];
    fc.assert(
      fc.property(word, fc.constantFrom(...readers), (text, read) => {
        const proposed = nearest(read(text));
        if (proposed !== undefined) expect(value(read(proposed))).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('§3 any duration round-trips through its text', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (us) => {
        expect(value(values.readDuration(values.durationText(us)))).toBe(us);
      }),
    );
  });

  it('§3 any text is read without an exception', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const read of [
          values.readDuration,
          values.readSize,
          values.readProbability,
          values.readHexBytes,
        ]) {
          expect(read(text)).toBeDefined();
        }
      }),
    );
  });
});

describe('the nearest right word', () => {
  it('§3 is the one with the fewest edits, the first of equals', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(nearestWord('abort_sesion', ['new_session', 'abort_session'])).toBe('abort_session');
    expect(nearestWord('Silence', ['abort', 'silence'])).toBe('silence');
    expect(nearestWord('aa', ['ab', 'ac'])).toBe('ab');
  });

  it('§3 or one that begins with it; none when nothing is near', () => {
    expect(nearestWord('rmc_o', ['rmc_listen', 'rmc_open'])).toBe('rmc_open');
    expect(nearestWord('xyz', ['abort', 'silence'])).toBeUndefined();
    expect(nearestWord('c', ['a', 'b'])).toBeUndefined();
    expect(nearestWord('x'.repeat(100_000), ['abort'])).toBeUndefined();
  });
});
