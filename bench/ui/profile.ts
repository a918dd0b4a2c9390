import { readFileSync } from 'node:fs';

/** What of a V8 CPU profile is read. Times are microseconds of the system's monotonic clock. */
interface Profile {
  readonly startTime: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A function by its name and the end of its file's name. */
export interface Spot {
  readonly name: string;
  readonly file: string;
}

/** Seconds that were spent below each of the spots, between two moments of the monotonic clock. */
export function secondsBelow(
  path: string,
  spots: readonly Spot[],
  fromUs: number,
  toUs: number,
): readonly number[] {
  const profile = JSON.parse(readFileSync(path, 'utf8')) as Profile;
  const below = spotsAbove(profile, spots);
  const seconds = spots.map(() => 0);
  let nowUs = profile.startTime;
  profile.samples.forEach((sample, at) => {
    const deltaUs = profile.timeDeltas[at] ?? 0;
    nowUs += deltaUs;
    if (nowUs < fromUs || nowUs > toUs) return;
    for (const spot of below.get(sample) ?? []) seconds[spot] = (seconds[spot] ?? 0) + deltaUs / 1e6;
  });
  return seconds;
}

/** For each node of the call tree the spots that it stands below. */
function spotsAbove({ nodes }: Profile, spots: readonly Spot[]): ReadonlyMap<number, readonly number[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<number, readonly number[]>();
  const visit = (id: number, above: readonly number[]): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { functionName, url } = node.callFrame;
    const own = spots.findIndex(({ name, file }) => functionName === name && url.endsWith(file));
    const here = own < 0 || above.includes(own) ? above : [...above, own];
    found.set(id, here);
    for (const child of node.children ?? []) visit(child, here);
  };
  const first = nodes[0];
  if (first !== undefined) visit(first.id, []);
  return found;
}
