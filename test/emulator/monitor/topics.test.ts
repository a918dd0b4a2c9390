import { describe, expect, it } from 'vitest';
import { composeLanguage, defineCommand } from '../../../emulator/index.js';

const common = { group: 'Test', effect: 'look', help: 'for the tests', examples: [] } as const;
const commands = ['lamp on', 'lamp off'].map((name) =>
  defineCommand({ ...common, name, run: () => undefined }),
);
const language = composeLanguage([
  {
    commands,
    events: [],
    topics: [{ name: 'Q7', group: 'Notions', title: 'a notion', text: 'What it is.' }],
  },
  { commands: [], events: [], topics: [{ name: 'Q8', group: 'Notions', title: '', text: 'so '.repeat(60) }] },
]);

function completed(line: string): readonly string[] {
  return language.complete(line, line.length, language.newScope()).candidates.map(({ text }) => text);
}

describe('topics of help', () => {
  it('§3 are explained, in capitals or not', () => {
    expect(language.help('Q7')).toEqual(['Q7: a notion', '  What it is.']);
    expect(language.help('q7')).toEqual(language.help('Q7'));
    expect(language.help('Q9')).toEqual(['there is no help on "Q9"; did you mean "Q7"?']);
  });

  it('§3 are wrapped to a line’s width', () => {
    const lines = language.help('Q8');
    expect(lines[0]).toBe('Q8');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(lines.length).toBe(4);
  });

  it('§3 are listed by group after the commands', () => {
    expect(language.help().slice(-2)).toEqual(['Notions', '  Q7 Q8']);
    expect(language.help()[0]).toContain('and so does help Q7');
  });

  it('§3 are completed, as commands are word by word, and events', () => {
    expect(completed('help Q')).toEqual(['Q7', 'Q8']);
    expect(completed('help lam')).toEqual(['lamp']);
    expect(completed('help lamp o')).toEqual(['on', 'off']);
    expect(completed('help node_u')).toEqual(['node_up']);
  });
});
