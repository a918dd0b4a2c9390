// Passes over the drills, compared with the first of them, a line for each on standard output.
const SHOWN = 10;

/** Those that came to something else in the second pass. */
function differences(first, second) {
  const titles = new Set([...first.keys(), ...second.keys()]);
  return [...titles].filter((title) => first.get(title) !== second.get(title));
}

const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** What the drills came to in several passes. All have to come to the same in each, and to pass. */
export class Passes {
  #first;
  isWrong = false;

  /** Makes one more pass and says how it went. */
  async make(name, run) {
    const sinceMs = performance.now();
    const outcomes = await run();
    const failed = [...outcomes].filter(([, text]) => text.includes(', failed: '));
    const others = this.#first === undefined ? [] : differences(this.#first.outcomes, outcomes);
    const verdict = [
      this.#first === undefined || others.length > 0 ? '' : 'the same digests',
      others.length > 0 ? `${others.length} DIFFER from "${this.#first.name}"` : '',
      failed.length > 0 ? `${failed.length} FAILED` : '',
    ];
    const texts = verdict.filter((text) => text !== '').join(', ');
    console.log(`  ${name}: ${outcomes.size} runs in ${seconds(sinceMs)}${texts === '' ? '' : `, ${texts}`}`);
    for (const title of others.slice(0, SHOWN)) {
      console.log(`    ${title}\n      ${this.#first.name}: ${this.#first.outcomes.get(title)}`);
      console.log(`      ${name}: ${outcomes.get(title)}`);
    }
    for (const [title, text] of failed.slice(0, SHOWN)) console.log(`    ${title}\n      ${text}`);
    if (others.length + failed.length > 0) this.isWrong = true;
    this.#first ??= { name, outcomes };
  }
}

/** The drills that are asked for: those whose title holds one of the texts, or all. */
export function chosen(drills, texts) {
  const found = drills.filter(
    ({ title }) => texts.length === 0 || texts.some((text) => title.includes(text)),
  );
  if (found.length === 0) throw new Error(`there is no drill ${texts.join(', ')}`);
  return found;
}
