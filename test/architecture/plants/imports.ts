import { at, type Plant } from './plant.js';

export const importPlants: readonly Plant[] = [
  {
    rule: 'import-direction',
    breaks: [
      ...at(
        'rmc-core/a.ts',
        "import { b } from '../emulator/index.js';",
        "import type { B } from '../nodes/index.js';",
      ),
      ...at(
        'emulator/a.ts',
        "import { b } from '../rmc-core/index.js';",
        "type B = import('../nodes/index.js').B;",
      ),
      ...at('nodes/a.ts', "import { ssc } from './ssc/index.js';", "import { b } from '../tui/index.js';"),
      ...at('nodes/ssc/a.ts', "import { b } from '../eee/b.js';", "import { b } from '../../cli/index.js';"),
      ...at('tui/a.ts', "import { b } from '../cli/index.js';", "export { b } from '../nodes/eee/index.js';"),
      ...at('index.ts', "import { b } from './tui/index.js';", "const b = await import('./cli/index.js');"),
      ...at(
        'cli/a.ts',
        "import { b } from '../test/helpers.js';",
        "import { b } from '../nodes/ssc/index.js';",
      ),
    ],
    keeps: [
      ...at(
        'nodes/a.ts',
        "import { b } from '../rmc-core/index.js';",
        "import { b } from '../emulator/index.js';",
      ),
      ...at('nodes/kinds.ts', "import { ssc } from './ssc/index.js'; import { eee } from './eee/index.js';"),
      ...at('nodes/ssc/a.ts', "import { b } from '../b.js'; import { c } from './c.js';"),
      ...at('cli/a.ts', "import { b } from '../tui/index.js'; import { c } from '../index.js';"),
      ...at('test/a.test.ts', "import { b } from '../emulator/inner.js';"),
    ],
  },
  {
    rule: 'kinds-apart',
    breaks: [
      ...at('nodes/ssc/a.ts', "import { b } from '../eee/b.js';"),
      {
        'nodes/eee/a.ts': "import { b } from '../b.js';",
        'nodes/b.ts': "import { kinds } from './kinds.js';",
        'nodes/kinds.ts': "import { ssc } from './ssc/index.js';",
        'nodes/ssc/index.ts': 'export const ssc = 1;',
      },
    ],
    keeps: [
      {
        'nodes/eee/a.ts': "import { b } from '../b.js'; import type { Kinds } from '../kinds.js';",
        'nodes/b.ts': "import type { Kinds } from './kinds.js';",
        'nodes/kinds.ts': "import { ssc } from './ssc/index.js'; import { eee } from './eee/index.js';",
      },
    ],
  },
  {
    rule: 'kinds-in-own-tests',
    breaks: [
      ...at('test/nodes/a.test.ts', "import { ssc } from '../../nodes/ssc/index.js';"),
      ...at('test/ssc/a.test.ts', "import { eee } from '../../nodes/eee/index.js';"),
      ...at('bench/main.ts', "import { eee } from '../nodes/eee/index.js';"),
    ],
    keeps: at(
      'test/ssc/a.test.ts',
      "import { ssc } from '../../nodes/ssc/a.js'; import '../../nodes/index.js';",
    ),
  },
  {
    rule: 'through-index',
    breaks: [
      ...at('nodes/ssc/a.ts', "import { b } from '../../rmc-core/b.js';"),
      ...at('tui/a.ts', "import type { B } from '../emulator/b.js';"),
      ...at('index.ts', "export { b } from './nodes/b.js';"),
      ...at('nodes/kinds.ts', "import { b } from './ssc/b.js';"),
    ],
    keeps: [
      ...at('nodes/ssc/a.ts', "import { b } from '../b.js'; import { c } from '../../emulator/index.js';"),
      ...at('emulator/a.ts', "import { b } from './time/b.js';"),
      ...at('nodes/kinds.ts', "import { ssc } from './ssc/index.js';"),
    ],
  },
  {
    rule: 'packages',
    breaks: [
      ...at('rmc-core/a.ts', "import { xoroshiro128plus } from 'pure-rand';"),
      ...at('emulator/a.ts', "import pc from 'picocolors';", "const name = 'yargs'; void import(name);"),
      ...at('nodes/a.ts', "import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';"),
      ...at('tui/a.ts', "import yargs from 'yargs';"),
      ...at('cli/a.ts', "import fc from 'fast-check';"),
    ],
    keeps: [
      ...at('emulator/a.ts', "import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';"),
      ...at('cli/a.ts', "import yargs from 'yargs'; import { readFileSync } from 'node:fs';"),
      ...at('test/a.test.ts', "import fc from 'fast-check';"),
    ],
  },
  {
    rule: 'node-modules',
    breaks: [
      ...at('rmc-core/a.ts', "import { Buffer } from 'node:buffer';"),
      ...at('emulator/a.ts', "import type { Stats } from 'node:fs';", 'export const here = import.meta.url;'),
      ...at('nodes/eee/a.ts', "export { join } from 'node:path';"),
      ...at('index.ts', "import { readFileSync } from 'node:fs';"),
    ],
    keeps: [
      ...at('cli/a.ts', "import { readFileSync } from 'node:fs'; const here = import.meta.url;"),
      ...at('tui/a.ts', "import { once } from 'node:events';"),
    ],
  },
  {
    rule: 'blessed-once',
    breaks: [
      ...at('tui/panel.ts', "import blessed from 'blessed';", "import type { Widgets } from 'blessed';"),
      ...at('test/tui/a.test.ts', "import program from 'blessed/lib/program.js';"),
    ],
    keeps: [
      ...at('tui/blessed.ts', "import blessed from 'blessed';"),
      ...at('tui/panel.ts', "import { screen } from './blessed.js';"),
    ],
  },
];
