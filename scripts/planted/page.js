// docs/planted.md, out of the declared bugs and the record of what caught each.
const INTRO = `# Planted bugs

Small wrong changes to \`rmc-core\` and \`nodes\`. A bug that no drill and no unit test notices is a missing test. Each is
declared in \`test/planted/bugs.json\` as a file, a text that stands there once, and what takes its place.

- \`npm run planted\` plants one after the other in a copy and asks the drills, those that name the bug's rule first, and
  where no drill fails the unit tests; what caught it is recorded in \`test/planted/caught.json\`. \`npm run planted -- <name>…\`
  does so for some, \`npm run planted -- --tests\` asks the unit tests in any case.
- \`npm test\` checks that each text still stands where it is declared and that each bug has been caught, and plants one
  bug of each rule once more: the drill that caught it has to fail.

This page is generated (\`npm run planted -- --page\`).
`;

const cell = (text) => text.replaceAll('|', '\\|');

function caughtBy(record) {
  const by = [];
  if (record?.drill !== undefined) by.push(`\`${record.drill}\``);
  if (record?.test !== undefined) by.push(cell(record.test));
  return by.length === 0 ? '**nothing**' : by.join('; ');
}

export function plantedPage(bugs, caught) {
  const rows = bugs.map(
    ({ name, file, breaks, rule }) =>
      `| ${name} | ${rule} | ${cell(breaks)} | \`${file}\` | ${caughtBy(caught[name])} |`,
  );
  const table = ['| bug | rule | what it breaks | file | caught by |', '|---|---|---|---|---|', ...rows];
  return `${INTRO}\n${bugs.length} bugs.\n\n${table.join('\n')}\n`;
}
