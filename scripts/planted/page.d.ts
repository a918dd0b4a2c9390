import type { Caught, PlantedBug } from './bugs.js';

export function plantedPage(bugs: readonly PlantedBug[], caught: Readonly<Record<string, Caught>>): string;
