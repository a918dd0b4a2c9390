import { problemText } from '../monitor/problem.js';
import { runDrill } from './drillRun.js';
import type { Session } from './journal.js';
import { parseDrill } from './parseDrill.js';

const MOST_FAILURES_TOLD = 10;

/**
 * A saved drill that was run, and came to the digest of its session; or why it cannot be one. What is not right at its
 * end was not right in the session: the drill fails, and says so beforehand.
 */
export function provenDrill(
  { makeWorld, language }: Session,
  text: string,
  digest: string,
): { readonly text: string } | { readonly problem: string } {
  const parsed = parseDrill(text, '', language);
  if ('problems' in parsed) return { problem: `this is no drill: ${problemText(parsed.problems[0]!)}` };
  const result = runDrill(makeWorld(), parsed.drill, language);
  if (result.digest !== digest) {
    return {
      problem: 'a drill would not come to where this session is: go back a step, or save without --expect',
    };
  }
  const told = result.failures.slice(0, MOST_FAILURES_TOLD).map(({ command, message }) => {
    const [first] = message.split('\n');
    return `# it fails, as the session does: ${command}: ${first}`;
  });
  const more = result.failures.length - told.length;
  if (more > 0) told.push(`# and ${more} more`);
  const [title, ...lines] = text.split('\n');
  return { text: [title, ...told, ...lines].join('\n') };
}
