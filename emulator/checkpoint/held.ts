/**
 * Something with private state that changes. `held` gives the containers that hold it: plain objects, arrays, maps,
 * sets, typed arrays, other holders. A checkpoint copies what is in them and puts it back into the very same
 * containers, so whoever has a reference to one of them need not know.
 */
export interface Holder {
  readonly held: readonly unknown[];
}

/** For private fields that are no containers: what `keep` returns brings them back to what they are now. */
export interface Keeper {
  keep(): () => void;
}

/** An object of a class that knows nothing of checkpoints: its own fields are what it holds. */
export class OwnFields {
  readonly target: object;

  constructor(target: object) {
    this.target = target;
  }
}

export function isHolder(value: object): value is Holder {
  return 'held' in value && Array.isArray(value.held);
}

export function isKeeper(value: object): value is Keeper {
  return 'keep' in value && typeof value.keep === 'function';
}
