// The Node.js versions that the digests are compared on, and where their binaries are.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One exact version of each line that is kept up, for runs that can be repeated. */
export const VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];

const SLOWEST_MS = 180_000;
const PATIENCE = ['--fetch-retries=1', '--fetch-timeout=60000'];
const SHOWN_LINES = 3;

const majorOf = (version) => version.replace(/^v/, '').split('.')[0];

/** The version of a binary, as `v22.1.0`; undefined when it is none of Node.js. */
function versionOf(binary) {
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 && /^v\d+\.\d+\.\d+\s*$/.test(stdout) ? stdout.trim() : undefined;
}

/** npm has the binaries in packages by system; `npm install node@22` brings none without install scripts. */
function packageName() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${system}-${process.arch}`;
}

/** Installs a binary below `folder`, unless it is there already. Gives its path, or why there is none. */
function download(folder, version) {
  const place = join(folder, version);
  const name = packageName();
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const binary = join(place, 'node_modules', name, 'bin', file);
  if (existsSync(binary) && versionOf(binary) !== undefined) return { binary };
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{"private":true}\n');
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PATIENCE, `${name}@${version}`];
  const npm = spawnSync('npm', words, { cwd: place, encoding: 'utf8', timeout: SLOWEST_MS });
  if (npm.status === 0 && versionOf(binary) !== undefined) return { binary };
  const said = (npm.stderr ?? '').split('\n').filter((line) => line.startsWith('npm error'));
  const why = said.slice(0, SHOWN_LINES).join('\n    ') || npm.error?.message || 'it brought no binary';
  return { problem: `npm install ${name}@${version}:\n    ${why}` };
}

/**
 * A binary of each version: one of `given`, or the one that runs this, if the major version is the same; else npm's,
 * which is kept below `folder`. Where there is none, `problem` says why.
 */
export function nodeBinaries(folder, given) {
  const known = [...given, process.execPath].map((binary) => {
    const version = versionOf(binary);
    if (version === undefined) throw new Error(`${binary} is no Node.js`);
    return { binary, version };
  });
  return VERSIONS.map((version) => {
    const found = known.find((one) => majorOf(one.version) === majorOf(version));
    return found ?? { version: `v${version}`, ...download(folder, version) };
  });
}
