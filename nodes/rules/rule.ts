/** One numbered rule that behaviour rests on. Tests, drills, commands and events name it by its number. */
export interface Rule {
  /** `S7`: what the source text on the real system says. `D7`: what this emulator assumes where that is silent. */
  readonly number: string;
  /** For a person, in a sentence or two. */
  readonly text: string;
}

export const isAssumption = (rule: Rule): boolean => rule.number.startsWith('D');
