import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

/** The built command. */
export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for each test, and the built command run in it. */
export interface Place {
  /** The folder's path; its real name does not matter to the tests. */
  readonly folder: () => string;
  readonly write: (path: string, text: string | Uint8Array) => void;
  readonly run: (args: readonly string[], input?: string, environment?: Record<string, string>) => Ended;
  readonly shell: (line: string) => Ended;
}

export function newPlace(): Place {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rmc-emu-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const start = (command: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): Ended => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      input,
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1_048_576,
    });
    return { status, out: stdout, err: stderr };
  };
  return {
    folder: () => folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    run: (args, input = '', environment = {}) =>
      start(process.execPath, [main, ...args], input, { ...process.env, ...environment }),
    shell: (line) => start('bash', ['-o', 'pipefail', '-c', line], '', { ...process.env, MAIN: main }),
  };
}

/** A client on an SSC talks to a server on an EEE; all is closed and freed. */
export const passing = `# A message goes from an SSC to an EEE.
node ssc0 ssc
node eee0 eee
app client --on ssc0
app server --on eee0
rmc_listen server 7
rmc_open client eee0:7
expect open_done --app client --status RMC_OK
rmc_send client.1 hello
expect message --app server --text hello
rmc_close client.1 --then-free
expect close_done --app client --status RMC_OK
`;

/** The same up to the message, then a check that cannot hold, in line 10. */
export const failing = `${passing.split('\n').slice(0, 9).join('\n')}
expect abort_session --app client --within 10ms
`;

/** The world refuses line 2: the node is on. */
export const refused = 'node ssc0 ssc\npower on ssc0\n';
