import { at, type Plant } from './plant.js';

const inEmulator = (...texts: readonly string[]) => at('emulator/a.ts', ...texts);

export const determinismPlants: readonly Plant[] = [
  {
    rule: 'host-names',
    breaks: [
      ...inEmulator(
        'const t = Date.now();',
        'const D = Date;',
        'const { now } = performance;',
        'let d: Date;',
      ),
      ...inEmulator(
        'setTimeout(() => {}, 1);',
        'setInterval(f, 1);',
        'setImmediate(f);',
        'queueMicrotask(f);',
      ),
      ...inEmulator(
        'f(process.pid);',
        "globalThis['Date'];",
        'crypto.randomUUID();',
        'const o = { process };',
      ),
      ...inEmulator("Buffer.from('a');", 'function f(process: number) {} process.exit();'),
      ...at('rmc-core/a.ts', 'const t = Date.now();'),
      ...at('nodes/eee/a.ts', 'const t = performance.now();'),
    ],
    keeps: [
      ...inEmulator(
        'function f(process: Process) { return process.id; }',
        'const o = { process: 1 }; o.process;',
      ),
      ...inEmulator(
        'interface P { process: number; f(process: number): void }',
        'for (const process of all) process.id;',
      ),
      ...inEmulator(
        'const { process } = node; f(process);',
        'class A { #p = 1; process() { return this.#p; } }',
      ),
      ...at('cli/a.ts', 'const t = Date.now(); process.exit(2);'),
    ],
  },
  {
    rule: 'exact-math',
    breaks: [
      ...inEmulator(
        'Math.random();',
        "Math['random']();",
        'const { random } = Math;',
        'const M = Math; M.random();',
      ),
      ...inEmulator(
        'Math.log(x);',
        'Math.exp(x);',
        'Math.pow(x, 2);',
        'Math.sin(x);',
        'f(Math);',
        'Math[name](x);',
      ),
      ...inEmulator(
        'const y = x ** 2;',
        'const y = 2 ** x;',
        'let y = 2; y **= 3;',
        'const y = { ...Math };',
      ),
    ],
    keeps: [
      ...inEmulator('Math.floor(Math.max(1, x) / 2);', 'const big = 2 ** 53 - 1;', 'const f = Math.imul;'),
      ...at('tui/a.ts', 'Math.log(2);'),
    ],
  },
  {
    rule: 'no-async',
    breaks: [
      ...inEmulator(
        'async function f() {}',
        'const f = async () => 1;',
        'class A { async f() {} }',
        'await x;',
      ),
      ...inEmulator(
        'new Promise(f);',
        'Promise.resolve(1);',
        'let p: Promise<number>;',
        "void import('./b.js');",
      ),
      ...inEmulator('for await (const x of all) f(x);'),
    ],
    keeps: [
      ...inEmulator('function* f() { yield 1; }'),
      ...at('tui/a.ts', 'export async function f() { await x; }'),
    ],
  },
  {
    rule: 'no-locale',
    breaks: [
      ...inEmulator(
        'a.localeCompare(b);',
        'n.toLocaleString();',
        "s['toLocaleLowerCase']();",
        'new Intl.Collator();',
      ),
      ...inEmulator('const { localeCompare } = s;', 'all.sort(new Intl.Collator().compare);'),
    ],
    keeps: [...inEmulator('a.toLowerCase();'), ...at('cli/a.ts', 'n.toLocaleString();')],
  },
  {
    rule: 'sort-compares',
    breaks: inEmulator(
      'all.sort();',
      'all.toSorted();',
      'all?.sort();',
      "all['sort']();",
      'all.sort(undefined);',
    ),
    keeps: [
      ...inEmulator('all.sort((a, b) => a - b);', 'all.toSorted(byTime);'),
      ...at('cli/a.ts', 'all.sort();'),
    ],
  },
  {
    rule: 'key-order',
    breaks: [
      ...inEmulator(
        'for (const key in o) f(key);',
        'Object.keys(o);',
        'Object.values(o);',
        'Object.entries(o);',
      ),
      ...inEmulator(
        "Object['keys'](o);",
        'const { keys } = Object;',
        'const O = Object;',
        'Reflect.ownKeys(o);',
      ),
      ...at('rmc-core/a.ts', 'Object.keys(o);'),
    ],
    keeps: [
      ...inEmulator(
        'Object.freeze({ a: 1 });',
        'Object.hasOwn(o, k);',
        'map.keys();',
        'for (const key of keys) f(key);',
      ),
      ...at('emulator/plain.ts', 'Object.keys(o);'),
      ...at('cli/a.ts', 'Object.entries(o);'),
    ],
  },
  {
    rule: 'module-state',
    breaks: [
      ...inEmulator('interface T { n: number } const t: T = { n: 1 };', 'const t: Other = { n: 1 };'),
      ...inEmulator(
        'interface T { readonly all: Map<A, B> } const t: T = { all };',
        'const t: { n: 1 } = { n: 1 };',
      ),
      {
        'emulator/a.ts': "import type { U } from './b.js'; const u: U = { t: { n: 1 } };",
        'emulator/b.ts': 'interface T { n: 1 | 2 } export interface U { readonly t: T }',
      },
      ...inEmulator(
        'let n = 0;',
        'export let n = 0;',
        'var n = 0;',
        'const all = new Map();',
        'const a: X[] = [];',
      ),
      ...inEmulator(
        'const s = new Set<string>();',
        'export const b = new Uint8Array(4);',
        'const c = { n: 0 };',
      ),
      ...inEmulator(
        'const all = makeCache();',
        'const r = /a/g;',
        'const c: State = { n: 0 };',
        'const a = x ?? [];',
      ),
      ...inEmulator(
        'class A { static n = 0; }',
        'class A { static readonly all = [1]; }',
        'const a = [] as X[];',
      ),
    ],
    keeps: [
      ...inEmulator(
        'interface T { readonly n: number; readonly all: readonly T[]; f(): void } const t: T = { n: 1 };',
      ),
      {
        'emulator/a.ts': "import type { U } from './b.js'; const u: U = { t: { n: 1 } };",
        'emulator/b.ts': 'interface T { readonly n: 1 | 2 } export interface U extends T { readonly t: T }',
      },
      ...inEmulator(
        'function f() { let n = 0; const all = new Map(); }',
        'const n = 3;',
        "export const s = 'a';",
      ),
      ...inEmulator(
        'const a = [1, 2] as const;',
        'const o = { a: 1 } as const satisfies T;',
        'const f = () => new Map();',
      ),
      ...inEmulator(
        'const s: ReadonlySet<string> = new Set();',
        'const a: readonly X[] = [f()];',
        'const r = /a/;',
      ),
      ...inEmulator('const o: Readonly<Record<string, X>> = {};', 'const o = Object.freeze({ a: 1 });'),
      ...inEmulator(
        'const n: number = f();',
        'const most = Math.max(1, 2);',
        'class A { static readonly n = 1; n = []; }',
      ),
      ...at('cli/a.ts', 'let n = 0;'),
    ],
  },
  {
    rule: 'held-state',
    breaks: at(
      'nodes/a.ts',
      'class A { #count = 0; }',
      'class A { readonly #list: number[] = []; }',
      'class A { count = 0; get held() { return [this.other]; } }',
      'class A { #count = 0; #counts = 0; keep() { const counts = this.#counts; return () => { this.#counts = counts; }; } }',
    ),
    keeps: [
      ...at(
        'nodes/a.ts',
        'class A { readonly #world: World; }',
        'class A { readonly #list: number[] = []; get held() { return [this.#list]; } }',
        'class A { #n = 0; keep() { const n = this.#n; return () => { this.#n = n; }; } }',
        'class A { count = 0; keep() { const { count } = this; return () => { this.count = count; }; } }',
      ),
      ...at('tui/a.ts', 'class A { #count = 0; }'),
    ],
  },
];
