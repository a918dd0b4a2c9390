import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

it('§5 the README’s program that goes back and replays prints what it says', async () => {
  const program = readFileSync(new URL('timeTravel.ts', import.meta.url), 'utf8');
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const published = program
    .replace('../../../index.js', 'rmc-emu')
    .replace('../../../nodes/ssc/index.js', 'rmc-emu/ssc');
  expect(readme).toContain(`\`\`\`ts\n${published}\`\`\`\n`);
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import('./timeTravel.js');
    const said = [...program.matchAll(/\/\/ prints: (.*)$/gm)].map(([, text]) => text);
    expect(said).toHaveLength(3);
    expect(print.mock.calls.map(([value]) => String(value))).toEqual(said);
  } finally {
    print.mockRestore();
  }
});
