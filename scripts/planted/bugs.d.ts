/** A small wrong change to the sources. */
export interface PlantedBug {
  readonly name: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly replace: string;
  readonly breaks: string;
  readonly rule: string;
}

/** What caught a bug: a drill's title, a test's file and title, or both. */
export interface Caught {
  readonly drill?: string;
  readonly test?: string;
}

export interface DrillVariant {
  readonly title: string;
  readonly file: string;
  readonly rules: readonly string[];
  readonly defines: readonly (readonly [string, string])[];
}

export function readBugs(root: string): readonly PlantedBug[];
export function readCaught(root: string): Readonly<Record<string, Caught>>;
export function withBug(root: string, bug: PlantedBug): string;
export function drillVariants(root: string): readonly DrillVariant[];
