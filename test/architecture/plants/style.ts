import { at, type Case, type Plant } from './plant.js';

const lines = (count: number): string => 'f();\n'.repeat(count);
const functionOf = (count: number): string => `function f() {\n${lines(count - 2)}}\n`;

/** Three sources with so many lines each. */
const three = (a: number, b: number, c: number): Case => ({
  'tui/b.ts': lines(b),
  'emulator/a.ts': lines(a),
  'cli/c.ts': lines(c),
});

export const stylePlants: readonly Plant[] = [
  {
    rule: 'file-length',
    breaks: [...at('nodes/a.ts', lines(401)), ...at('test/a.test.ts', lines(401))],
    keeps: [
      ...at('nodes/a.ts', lines(400)),
      ...at('nodes/a.generated.ts', lines(2000)),
      ...at('a.md', lines(900)),
    ],
  },
  {
    rule: 'median-length',
    breaks: [three(10, 150, 151)],
    keeps: [
      three(10, 149, 400),
      { ...three(149, 10, 300), 'test/a.test.ts': lines(300), 'bench/a.ts': lines(300) },
    ],
  },
  {
    rule: 'function-length',
    breaks: [
      ...at(
        'nodes/a.ts',
        functionOf(71),
        `class A {\n m() {\n${lines(69)}}\n}`,
        `const f = () => {\n${lines(69)}};`,
      ),
      ...at('bench/a.ts', functionOf(71)),
    ],
    keeps: [...at('nodes/a.ts', functionOf(70)), ...at('test/a.test.ts', functionOf(90))],
  },
  {
    rule: 'no-default-export',
    breaks: at(
      'tui/a.ts',
      'export default 1;',
      'export default function f() {}',
      'const a = 1; export { a as default };',
    ),
    keeps: [
      ...at('vitest.config.ts', 'export default {};'),
      ...at('tui/a.ts', "import pc from 'picocolors';"),
    ],
  },
  {
    rule: 're-exports',
    breaks: [
      ...at(
        'emulator/a.ts',
        "export * from './b.js';",
        "export { b } from './b.js';",
        "export type { B } from './b.js';",
      ),
      ...at(
        'emulator/a.ts',
        "import { b } from './b.js'; export { b };",
        "import * as b from './b.js'; export { b };",
      ),
      ...at('emulator/time/index.ts', "export * from './clock.js';"),
    ],
    keeps: [
      ...at('emulator/index.ts', "export * from './b.js';", "export { b } from './b.js';"),
      ...at('index.ts', "export { b } from './emulator/index.js';"),
      ...at('nodes/ssc/index.ts', "export { b } from './b.js';"),
      ...at('emulator/a.ts', 'const b = 1; export { b };', "import { b } from './b.js'; export const c = b;"),
    ],
  },
  {
    rule: 'no-any',
    breaks: [
      ...at('cli/a.ts', 'let a: any;', 'const a = b as any;', 'type A = Record<string, any>;'),
      ...at('test/a.test.ts', 'function f(a: any[]) {}'),
    ],
    keeps: at('cli/a.ts', 'let a: unknown;', 'const any = 1; f(any);'),
  },
  {
    rule: 'own-words',
    breaks: [
      ...at('docs/a.md', `one\nsee ${['..', 'shared'].join('/')}/spec`),
      ...at('emulator/a.ts', `// from ${['.', 'library'].join('')}/x`),
    ],
    keeps: at('docs/a.md', 'a library, shared with others'),
  },
];
