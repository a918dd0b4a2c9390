import { Checkpointer } from './checkpointer.js';
import { OwnFields } from './held.js';

/** What an object of somebody else's takes part in checkpoints with: what it says that it holds, else its own fields. */
export function checkpointPartOf(target: object): object {
  return 'held' in target ? target : new OwnFields(target);
}

/** Remembers an object as it is now; what is returned brings it back to that. */
export function remembered(target: object): () => void {
  const checkpointer = new Checkpointer([checkpointPartOf(target)]);
  const now = checkpointer.take();
  return () => checkpointer.restore(now);
}
