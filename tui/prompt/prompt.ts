import type { CommandResult, CompletionResult } from '../run/source.js';
import { type History, moved, remembered, searched } from './history.js';
import { type EditedLine, edit, insert, replaceRange } from './lineEditor.js';

/** What the open prompt shows: a plain value, changed by `promptKey`. */
export interface Prompt {
  /** `command` is `:`, `filter` is `/`. */
  readonly kind: 'command' | 'filter';
  readonly line: EditedLine;
  readonly usage: string;
  readonly candidates: readonly string[];
  /** Where the word starts that candidates replace. */
  readonly start: number;
  /** Number of the candidate that Tab put in last; -1: none yet. */
  readonly chosen: number;
  readonly problem: CommandResult['problem'];
  /** The text looked for with Ctrl-R, or undefined outside of a search. */
  readonly search: string | undefined;
  /** Index in the history of what the search found; -1: nothing. */
  readonly found: number;
}

/** What a key asks of the application beside the prompt's own change. */
export type PromptWish = 'stay' | 'submit' | 'cancel';

export interface PromptStep {
  readonly prompt: Prompt;
  readonly history: History;
  readonly wish: PromptWish;
}

export type Completer = (text: string, cursor: number) => CompletionResult;

/** An open prompt with nothing in it but `text`. */
export function openPrompt(kind: Prompt['kind'], text = ''): Prompt {
  return {
    kind,
    line: { text, cursor: text.length },
    usage: '',
    candidates: [],
    start: 0,
    chosen: -1,
    problem: undefined,
    search: undefined,
    found: -1,
  };
}

/** A prompt that offers whole lines: Tab goes through them. */
export function offerLines(lines: readonly string[], usage: string): Prompt {
  return { ...openPrompt('command', ''), candidates: lines, usage };
}

/** The prompt with what was wrong with its line. */
export function withProblem(prompt: Prompt, problem: CommandResult['problem']): Prompt {
  return { ...prompt, problem, candidates: [], usage: '' };
}

/** The prompt with the form of the command that stands in it. */
export function withUsage(prompt: Prompt, complete: Completer): Prompt {
  return { ...prompt, usage: complete(prompt.line.text, prompt.line.cursor).usage };
}

/** One key at the prompt. */
export function promptKey(
  prompt: Prompt,
  history: History,
  key: string,
  text: string,
  complete: Completer,
): PromptStep {
  if (prompt.search !== undefined) return searchKey(prompt, history, key, text);
  const stay = (next: Prompt, nextHistory = history): PromptStep => ({
    prompt: next,
    history: nextHistory,
    wish: 'stay',
  });
  switch (key) {
    case 'enter':
      return { prompt, history: remembered(history, prompt.line.text.trim()), wish: 'submit' };
    case 'escape':
    case 'ctrl-g':
    case 'ctrl-c':
      return { prompt, history: { ...history, at: history.lines.length }, wish: 'cancel' };
    case 'tab':
      return stay(tab(prompt, 1, complete));
    case 'shift-tab':
      return stay(tab(prompt, -1, complete));
    case 'up':
    case 'ctrl-p':
      return stay(...recall(prompt, history, -1));
    case 'down':
    case 'ctrl-n':
      return stay(...recall(prompt, history, 1));
    case 'ctrl-r':
      return stay({ ...prompt, search: '', found: -1 });
    default:
      break;
  }
  if (text === ':' && startsAnew(prompt)) return stay(openPrompt('command'));
  if (key === 'backspace' && prompt.line.text === '') return { prompt, history, wish: 'cancel' };
  const line = edit(prompt.line, key, text);
  return stay(line === undefined ? prompt : withLine(prompt, line, complete));
}

/** A `:` that begins a command, and is no part of it: before anything, or after a line that was wrong. */
function startsAnew(prompt: Prompt): boolean {
  return prompt.kind === 'command' && (prompt.line.text === '' || prompt.problem !== undefined);
}

/** A paste: put in whole; its newlines do not submit. */
export function promptPaste(prompt: Prompt, text: string): Prompt {
  if (prompt.search !== undefined) return prompt;
  return { ...prompt, line: insert(prompt.line, text), candidates: [], chosen: -1, problem: undefined };
}

function withLine(prompt: Prompt, line: EditedLine, complete: Completer): Prompt {
  if (prompt.kind === 'filter') return { ...prompt, line, problem: undefined };
  const { usage } = complete(line.text, line.cursor);
  return { ...prompt, line, usage, candidates: [], chosen: -1, problem: undefined };
}

function recall(prompt: Prompt, history: History, direction: -1 | 1): [Prompt, History] {
  const step = moved(history, direction, prompt.line.text);
  if (step === undefined) return [prompt, history];
  return [{ ...openPrompt(prompt.kind, step.text) }, step.history];
}

/** The longest text that all candidates begin with. */
export function commonStart(candidates: readonly string[]): string {
  let common = candidates[0] ?? '';
  for (const candidate of candidates) {
    while (!candidate.startsWith(common)) common = common.slice(0, -1);
  }
  return common;
}

function tab(prompt: Prompt, direction: 1 | -1, complete: Completer): Prompt {
  if (prompt.kind === 'filter') return prompt;
  const count = prompt.candidates.length;
  if (count > 0) {
    const none = direction === 1 ? 0 : count - 1;
    const chosen = prompt.chosen < 0 ? none : (prompt.chosen + direction + count) % count;
    const line = replaceRange(prompt.line, prompt.start, prompt.line.cursor, prompt.candidates[chosen] ?? '');
    return { ...prompt, line, chosen, problem: undefined };
  }
  const { start, candidates, usage } = complete(prompt.line.text, prompt.line.cursor);
  const base: Prompt = { ...prompt, usage, start, candidates: [], chosen: -1, problem: undefined };
  const only = candidates[0];
  if (only === undefined) return base;
  if (candidates.length === 1) {
    const line = replaceRange(prompt.line, start, prompt.line.cursor, `${only} `);
    return { ...base, line, usage: complete(line.text, line.cursor).usage };
  }
  const typed = prompt.line.text.slice(start, prompt.line.cursor);
  const common = commonStart(candidates);
  const line =
    common.length > typed.length ? replaceRange(prompt.line, start, prompt.line.cursor, common) : prompt.line;
  return { ...base, line, candidates };
}

/** A key while Ctrl-R looks through the history. */
function searchKey(prompt: Prompt, history: History, key: string, text: string): PromptStep {
  const stay = (next: Prompt): PromptStep => ({ prompt: next, history, wish: 'stay' });
  const search = prompt.search ?? '';
  const shown = history.lines[prompt.found] ?? '';
  if (key === 'ctrl-r') {
    const before = prompt.found < 0 ? history.lines.length : prompt.found;
    const found = searched(history, search, before);
    return stay(found < 0 ? prompt : { ...prompt, found });
  }
  if (key === 'escape' || key === 'ctrl-g' || key === 'ctrl-c') {
    return stay({ ...prompt, search: undefined, found: -1 });
  }
  if (key === 'backspace' || text !== '') {
    const wanted = key === 'backspace' ? search.slice(0, -1) : search + text;
    return stay({ ...prompt, search: wanted, found: searched(history, wanted, history.lines.length) });
  }
  const taken: Prompt = { ...openPrompt(prompt.kind, prompt.found < 0 ? prompt.line.text : shown) };
  return key === 'enter'
    ? { prompt: taken, history: remembered(history, taken.line.text), wish: 'submit' }
    : stay(taken);
}
