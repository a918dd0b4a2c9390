import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './support/drillBook.js';

/** Lines of rmc-core and nodes that tell the coverage tool to look away, with their file. */
const exceptions = ['rmc-core', 'nodes'].flatMap((part) =>
  readdirSync(join(repository, part), { recursive: true })
    .map((path) => `${part}/${String(path)}`)
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .flatMap((path) =>
      readFileSync(join(repository, path), 'utf8')
        .split('\n')
        .filter((line) => /(v8|c8|istanbul) ignore/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    ),
);

it('every branch that no test reaches says why', () => {
  const reasoned = /^[\w/-]+\.ts: \/\* v8 ignore next -- @preserve \w.{20,} \*\/$/;
  expect(exceptions.filter((line) => !reasoned.test(line))).toEqual([]);
});

it('and these are all of them', () => {
  expect(
    exceptions.map((line) => line.replace('/* v8 ignore next -- @preserve ', '').replace(' */', '')),
  ).toEqual([
    'rmc-core/clock.ts: a mistake in a table would show here, and there is none',
    'nodes/app/callbacks.ts: off the record are only sessions that no callback is waited for',
    'nodes/console/console.ts: off the record are only sessions that no callback is called for',
    'nodes/eee/node.ts: off the record are only sessions that no callback is waited for',
    'nodes/ledger/missedBeats.ts: off the record are only sessions after which thousands have ended: nobody waits for them',
    'nodes/rmc/host.ts: a million outputs of one pump would take a test too long',
  ]);
});
