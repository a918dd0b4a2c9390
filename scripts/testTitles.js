// Reads the titles of all tests out of their sources, without running them: the page on the rules says which tests
// each rule has. Titles of `it.each` are filled in where the table stands in the same file and is written out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

const TESTS = new Set(['it', 'test']);

/** The titles in one source, in its order. */
export function titlesIn(file, text) {
  const { program } = parseSync(file, text, { sourceType: 'module' });
  const found = [];
  collect(program, [], { file, found, tables: tablesOf(program) });
  return found;
}

/** The titles in all test files under `<root>/test`, by file. */
export function testTitles(root) {
  return readdirSync(join(root, 'test'), { recursive: true })
    .map((path) => `test/${String(path).replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts'))
    .sort()
    .flatMap((path) => titlesIn(path, readFileSync(join(root, path), 'utf8')));
}

/** Walks the tree; `within` are the titles of the describes around, outermost first. */
function collect(node, within, into) {
  let inside = within;
  const call = node.type === 'CallExpression' ? testCall(node) : undefined;
  if (call !== undefined) {
    const titles = titlesOf(node, call.table, into.tables);
    if (TESTS.has(call.name)) for (const title of titles) into.found.push({ file: into.file, title, within });
    else if (titles.length > 0) inside = [...within, titles[0]];
  }
  for (const child of children(node)) collect(child, inside, into);
}

function children(node) {
  return Object.values(node)
    .flat()
    .filter((value) => value !== null && typeof value === 'object' && typeof value.type === 'string');
}

/** Which of it, test and describe a call is of, and the table of its `each`; `it.send(…)` is none of them. */
function testCall({ callee }) {
  if (callee.type === 'CallExpression') {
    const made = memberCall(callee.callee);
    if (made === undefined || !['each', 'for', 'skipIf', 'runIf'].includes(made.last)) return undefined;
    const isTable = made.last === 'each' || made.last === 'for';
    return { name: made.name, table: isTable ? callee.arguments[0] : undefined };
  }
  const made = memberCall(callee);
  const plain = ['', 'only', 'skip', 'fails', 'concurrent', 'sequential', 'todo'];
  return made !== undefined && plain.includes(made.last) ? { name: made.name, table: undefined } : undefined;
}

/** `it.skip.each` is of `it` and ends in `each`. */
function memberCall(callee) {
  let node = callee;
  let last = '';
  while (node.type === 'MemberExpression' && !node.computed) {
    if (last === '') last = node.property.name;
    node = node.object;
  }
  const isOurs = node.type === 'Identifier' && (TESTS.has(node.name) || node.name === 'describe');
  return isOurs ? { name: node.name, last } : undefined;
}

/** The titles that a call makes: one, or one a row of its table. */
function titlesOf({ arguments: [first] }, table, tables) {
  const written = first === undefined ? undefined : textOf(first);
  if (written === undefined) return [];
  const rows = table === undefined ? undefined : knownValue(table, tables);
  return Array.isArray(rows) ? rows.map((row) => filled(written, row)) : [written];
}

/** A string, or what is known of a template: its holes stay as dots. */
function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked).join('…');
  return undefined;
}

/** `%s` and `$name` with the values of a row; what is not known stays as it is written. */
function filled(title, row) {
  const values = Array.isArray(row) ? [...row] : [row];
  return title
    .replace(/%[sdifjo]/g, (hole) => {
      const value = values.shift();
      return value === undefined || typeof value === 'object' ? hole : String(value);
    })
    .replace(/\$(\w+)/g, (hole, name) => {
      const value = row !== null && typeof row === 'object' && !Array.isArray(row) ? row[name] : undefined;
      return value === undefined || typeof value === 'object' ? hole : String(value);
    });
}

/** The value of a literal, or of a name for one; undefined where it is worked out. */
function knownValue(node, tables) {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return knownValue(node.expression, tables);
    case 'Literal':
      return node.value;
    case 'TemplateLiteral':
      return textOf(node);
    case 'Identifier':
      return tables.get(node.name);
    case 'ArrayExpression':
      return node.elements.map((element) => (element === null ? undefined : knownValue(element, tables)));
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties
          .filter(({ type, key }) => type === 'Property' && key.type === 'Identifier')
          .map(({ key, value }) => [key.name, knownValue(value, tables)]),
      );
    default:
      return undefined;
  }
}

/** The constants of a module that are written out, by name. */
function tablesOf(program) {
  const tables = new Map();
  for (const node of program.body) {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'const') continue;
    for (const { id, init } of node.declarations) {
      if (id.type === 'Identifier' && init !== null) tables.set(id.name, knownValue(init, tables));
    }
  }
  return tables;
}
