import { describe, expect, it } from 'vitest';
import { drillTable, tableBegins, tableEnds, withTable } from '../../cli/documents/drillTable.js';
import { referencePage } from '../../cli/documents/reference.js';
import { exitStatuses } from '../../cli/exitStatus.js';
import { language } from '../../index.js';
import { behaviours, settingDeclarations } from '../../nodes/index.js';
import { blockFields, frameFields } from '../../rmc-core/index.js';

describe('the reference', () => {
  const page = referencePage();

  it('has every command', () => {
    for (const { name } of language().commands) expect(page).toContain(`\n#### ${name}\n`);
  });

  it('has every timer, behaviour, field and exit status', () => {
    for (const { name } of settingDeclarations) expect(page).toContain(`| \`${name}\` |`);
    for (const { form } of behaviours) expect(page).toContain(`| \`${form}\` |`);
    for (const { name, offset } of [...blockFields, ...frameFields]) {
      expect(page).toMatch(new RegExp(`^\\| ${offset} \\| \\d+ \\| \`${name}\` \\|`, 'm'));
    }
    for (const { code, meaning } of exitStatuses) expect(page).toContain(`| ${code} | ${meaning} |`);
  });
});

describe('the table of drills', () => {
  it('has a row a drill: its first sentence, and its rules in their order', () => {
    const text =
      '# In R1.0.x nobody\n# is told | at all. More.\n#\n# Rules: D17, S17, D2\n\nnode a ssc # D9\n';
    expect(
      drillTable([{ file: 'a/b.drill', text }])
        .split('\n')
        .at(-1),
    ).toBe('| [a/b.drill](a/b.drill) | In R1.0.x nobody is told \\| at all. | S17 D2 D17 |');
  });

  it('takes the rules that the text names where there is no line for them', () => {
    expect(drillTable([{ file: 'a', text: 'node a ssc # D9\n' }])).toMatch(/\| \[a\]\(a\) \| {2}\| D9 \|$/);
  });

  it('stands between its marks; a page without them stays as it is', () => {
    const page = `# Drills\n${tableBegins}\nold\n${tableEnds}\nend\n`;
    expect(withTable(page, 'T')).toBe(`# Drills\n${tableBegins}\n\nT\n\n${tableEnds}\nend\n`);
    expect(withTable('# Drills\n', 'T')).toBe('# Drills\n');
  });
});
