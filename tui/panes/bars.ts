import { clockText } from '../../emulator/index.js';
import type { RunStatus } from '../run/source.js';
import { type Line, painted, type Role, type Span, sized, span, widthOf } from '../text/line.js';

/** What the status line says beside the run's own status. */
export interface StatusExtras {
  readonly speed: string;
  readonly event: number;
  readonly running: boolean;
  /** What one step goes to. */
  readonly unit?: string;
  /** The branch that the run is on; the first one is not worth a word. */
  readonly branch?: string;
}

/** The first row: drill, RUN or PAUSED or REWOUND, virtual time, event, speed, seed, checks. Cut from the least important. */
export function statusLine(status: RunStatus, extras: StatusExtras, width: number): Line {
  const mode = extras.running ? 'RUN' : status.mode === 'RUN' ? 'PAUSED' : status.mode;
  const failed = status.failure !== '';
  const checks = `checks ${status.checksPassed}/${status.checksTotal}${failed ? ' ✗ FAILED' : ' ok'}`;
  const symbol = extras.running ? '▶' : mode === 'REWOUND' ? '◀' : '■';
  const isFirst = extras.branch === undefined || extras.branch === 'main';
  const parts: readonly { readonly text: string; readonly keep: number }[] = [
    { text: status.drill, keep: 4 },
    { text: `${symbol} ${mode}`, keep: 9 },
    ...(isFirst ? [] : [{ text: `branch ${extras.branch}`, keep: 8 }]),
    { text: `t ${clockText(status.nowUs)} s`, keep: 8 },
    { text: `event ${extras.event}`, keep: 5 },
    { text: `speed ${extras.speed}`, keep: 6 },
    ...(extras.unit === undefined || extras.unit === 'event' ? [] : [{ text: `by ${extras.unit}`, keep: 7 }]),
    { text: `seed ${status.seed}`, keep: 2 },
    { text: checks, keep: failed ? 10 : 3 },
  ];
  for (let least = 0; least <= 10; least++) {
    const kept = parts.filter((part) => part.keep >= least);
    const last = kept[kept.length - 1]?.text ?? '';
    const text = ` ${kept
      .slice(0, -1)
      .map((part) => part.text)
      .join('  ')}`;
    const room = width - text.length - last.length - 1;
    if (room >= 2) return painted([span(`${text}${' '.repeat(room)}${last} `)], 'select');
  }
  return painted(sized([span(` ${mode} ${clockText(status.nowUs)}`)], width), 'select');
}

/** The caption under the status line: what is happening, in words; of several forms the first that fits. */
export function captionLine(forms: readonly string[], urgent: boolean, width: number): Line {
  const text = forms.find((form) => form.length + 3 <= width) ?? forms[forms.length - 1] ?? '';
  return sized([span(urgent ? ' ▸ ' : '   ', 'bad'), span(text, urgent ? 'strong' : 'plain')], width);
}

/** One hint of the footer: a key and what it does. */
export interface Hint {
  readonly key: string;
  readonly text: string;
  readonly action: string;
}

/** Where a hint stands, so that it can be clicked. */
export interface HintPlace {
  readonly action: string;
  readonly x: number;
  readonly width: number;
}

/** The footer: as many hints as sized, with their places. */
export function footerLine(hints: readonly Hint[], width: number): { line: Line; places: HintPlace[] } {
  const spans: Span[] = [span(' ')];
  const places: HintPlace[] = [];
  for (const hint of hints) {
    const next: Span[] = [span(hint.key, 'key'), span(` ${hint.text}`, 'plain')];
    if (places.length > 0) next.unshift(span('  '));
    const x = widthOf(spans);
    if (x + widthOf(next) > width) break;
    places.push({ action: hint.action, x, width: widthOf(next) });
    spans.push(...next);
  }
  return { line: sized(spans, width), places };
}

/** A small text box over the panes: title, lines, and how to close it. */
export function overlayLines(
  title: string,
  lines: readonly Line[],
  first: number,
  width: number,
  height: number,
): Line[] {
  const inner = width - 2;
  const rows = height - 2;
  const role: Role = 'note';
  const start = Math.max(0, Math.min(first, lines.length - rows));
  const below = lines.length - start - rows;
  const head = sized([span(`┌─ `, role), span(title, 'strong'), span(' ')], inner + 1);
  const out: Line[] = [[...ruled(head, inner + 1), span('┐', role)]];
  for (let row = 0; row < rows; row++) {
    out.push([span('│', role), ...sized(lines[start + row] ?? [], inner), span('│', role)]);
  }
  const close = below > 0 ? ` ${below} more below ─ Esc closes ` : ' Esc closes ';
  const left = Math.max(0, inner - close.length);
  out.push(sized([span(`└${'─'.repeat(left)}${close}┘`, role)], width));
  return out;
}

/** The line with its trailing blanks drawn as a rule. */
function ruled(spans: Line, width: number): Line {
  const kept = spans.filter((piece) => piece.text.trim() !== '');
  const used = widthOf(kept) + 1;
  return [...kept, span(` ${'─'.repeat(Math.max(0, width - used))}`, 'note')];
}
