import type { History } from '../prompt/history.js';
import type { Prompt } from '../prompt/prompt.js';
import { cut, type Line, line, type Span, sized, span, wrapped } from '../text/line.js';

/** The rows of the open prompt, the first of them the line itself, and the cell of the cursor in it. */
export interface PromptBox {
  readonly lines: readonly Line[];
  readonly cursorX: number;
}

const MOST_CANDIDATE_ROWS = 4;

/** The open prompt: the line, then what is wrong with it (with a caret under the place), usage, and candidates. */
export function promptBox(prompt: Prompt, history: History, width: number): PromptBox {
  if (prompt.search !== undefined) return searchBox(prompt, history, width);
  const sign = prompt.kind === 'filter' ? '/' : ':';
  const room = width - 2;
  const offset = Math.max(0, prompt.line.cursor - room + 1);
  const lines: Line[] = [[span(sign, 'key'), span(prompt.line.text.slice(offset, offset + room))]];
  if (prompt.problem !== undefined) {
    const { column, length, message } = prompt.problem;
    const at = column - 1 - offset;
    if (column > 0 && at >= 0 && at < room) {
      lines.push([
        span(' '.repeat(at + 1)),
        span('^'.repeat(Math.max(1, Math.min(length, room - at))), 'bad'),
      ]);
    }
    for (const text of message.split('\n')) {
      for (const row of wrapped(text, width - 4)) lines.push(line(` ! ${row}`, 'bad'));
    }
  }
  if (prompt.usage !== '') lines.push(line(cut(` ${prompt.usage}`, width), 'note'));
  lines.push(...candidateRows(prompt, width));
  return { lines: lines.map((row) => sized(row, width)), cursorX: prompt.line.cursor - offset + 1 };
}

function candidateRows(prompt: Prompt, width: number): Line[] {
  const { candidates, chosen } = prompt;
  if (candidates.length === 0) return [];
  const longest = candidates.reduce((most, text) => Math.max(most, text.length), 0) + 2;
  const each = Math.min(longest, width - 1);
  const perRow = Math.max(1, Math.floor((width - 1) / each));
  const rows = Math.ceil(candidates.length / perRow);
  const current = Math.max(0, Math.floor(chosen / perRow));
  const first = Math.max(0, Math.min(current - MOST_CANDIDATE_ROWS + 1, rows - MOST_CANDIDATE_ROWS));
  const lines: Line[] = [];
  for (let row = first; row < Math.min(rows, first + MOST_CANDIDATE_ROWS); row++) {
    const spans: Span[] = [span(' ')];
    for (let index = row * perRow; index < Math.min(candidates.length, (row + 1) * perRow); index++) {
      const text = cut(candidates[index] ?? '', each - 1);
      spans.push(span(text, index === chosen ? 'select' : 'plain'), span(' '.repeat(each - text.length)));
    }
    lines.push(spans);
  }
  return lines;
}

function searchBox(prompt: Prompt, history: History, width: number): PromptBox {
  const head = `history, looking for ${prompt.search}`;
  const found = history.lines[prompt.found];
  const text = found === undefined ? '  nothing found' : `: ${found}`;
  return {
    lines: [
      sized([span(head, 'key')], width),
      sized([span(text, found === undefined ? 'bad' : 'plain')], width),
      sized([span(' Ctrl-R older  Enter runs it  Tab takes it  Esc back', 'note')], width),
    ],
    cursorX: Math.min(width - 1, head.length),
  };
}
