import { eventLine, field } from '../panes/eventText.js';
import type { UiSource } from '../run/source.js';

/**
 * What `goto <time>` has to say where commands were given at that time: it goes to the end of the instant, so it stands
 * after them, and how to get before them. Empty where there is none.
 */
function gotoHint(text: string, source: UiSource): string {
  if (!/^goto\s+[0-9]/.test(text)) return '';
  const { nowUs } = source.status();
  const given: number[] = [];
  for (let number = source.eventCount(); number >= source.firstEvent(); number--) {
    const event = source.event(number);
    if (event.timeUs < nowUs) break;
    if (event.event === 'command') given.unshift(number);
  }
  const [first = 0] = given;
  if (first < 2) return '';
  const others = given.length === 1 ? '' : ` and ${given.length - 1} more`;
  const before = given.length === 1 ? 'it' : 'them';
  return `after \`${field(source.event(first), 'text')}\`${others}; @${first - 1} is before ${before}`;
}

/** What a step or a jump has come to: the last event of the log. */
export function happenedText(text: string, source: UiSource): string {
  const last = source.eventCount();
  const hint = gotoHint(text, source);
  if (hint !== '') return `   ${hint}`;
  if (last === 0 || !/^(step|back|forward|goto)\b/.test(text)) return '';
  const asked = askedFor(text, source) ?? last;
  const at = `   now at ${eventLine(source.event(asked))}`;
  // One stands between steps: what else the same step did has been, too.
  return asked < last ? `${at} (its step goes on to ${last})` : at;
}

/** The event that a `goto` named: the run stands at the end of its instant, which may have logged others. */
function askedFor(text: string, source: UiSource): number | undefined {
  const number = /^goto @(\d+)$/.exec(text)?.[1];
  if (number !== undefined) return Number(number);
  const kind = /^goto last (\w+)/.exec(text)?.[1];
  if (kind === undefined) return undefined;
  for (let at = source.eventCount(); at >= source.firstEvent(); at--) {
    if (source.eventName(at) === kind) return at;
  }
  return undefined;
}
