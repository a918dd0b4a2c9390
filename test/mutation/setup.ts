import fc from 'fast-check';
import { beforeEach } from 'vitest';

/** Only where mutants are tested: one that lives or dies by luck says nothing, and nobody reads the smallest example. */
fc.configureGlobal({ seed: 20_261_122, endOnFailure: true });

/** Seconds for every mutant, and what each shows is shown by quicker tests and drills as well; or it reads sources as text. */
const SLOW = [
  /come-and-go|whatever a program does/,
  /bad-bus/,
  /ordered-mixed-old/,
  /goes on calling after the bound|swallows what the bound throws|RMC without end/,
  /100,000 frames|thousands of messages/,
  /README’s program/,
  /in order and once; RMC_OK exactly|survives: no exception/,
  /comes true: who never will be told/,
];

beforeEach(({ task, skip }) => {
  if (SLOW.some((each) => each.test(task.name))) skip();
});
