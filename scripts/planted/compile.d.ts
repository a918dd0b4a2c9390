import type { PlantedBug } from './bugs.js';

export function compileBugs(
  root: string,
  bugs: readonly PlantedBug[],
): { readonly compiled: (bug: PlantedBug) => string; readonly remove: () => void };
