import type { CoreTimers } from '../rmc-core/index.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A node's timers and limits by their names in the monitor language (`set <node> <timer> <value>`). */
export interface NodeSettings extends Writable<CoreTimers> {
  /** Messages that wait for one process or application. */
  mailbox: number;
  /** From power on to node_up. */
  bootUs: number;
  /** EEE: from the death of the RMC process to its next start. */
  rmcRestartUs: number;
  /** EEE: one way between an application and RMC. */
  ipcUs: number;
}

export interface SettingDeclaration {
  /** The name in the monitor language. */
  readonly name: string;
  readonly field: keyof NodeSettings;
  readonly unit: 'us' | 'count';
  readonly initial: number;
  readonly least: number;
  readonly most: number;
  /** Only where RMC is a process of its own (EEE). */
  readonly rmcProcessOnly: boolean;
  readonly help: string;
}

const HOUR_US = 3_600_000_000;

function timer(name: string, field: keyof NodeSettings, initialUs: number, help: string): SettingDeclaration {
  return {
    name,
    field,
    unit: 'us',
    initial: initialUs,
    least: 1,
    most: HOUR_US,
    rmcProcessOnly: false,
    help,
  };
}

function rmcProcessTimer(
  name: string,
  field: keyof NodeSettings,
  initialUs: number,
  help: string,
): SettingDeclaration {
  return { ...timer(name, field, initialUs, help), rmcProcessOnly: true };
}

function count(
  name: string,
  field: keyof NodeSettings,
  initial: number,
  most: number,
  help: string,
  least = 1,
): SettingDeclaration {
  return { name, field, unit: 'count', initial, least, most, rmcProcessOnly: false, help };
}

/** The defaults of the emulated nodes; `set`, its help and the reference are made from this table. */
export const settingDeclarations: readonly SettingDeclaration[] = Object.freeze([
  timer('rto', 'rtoUs', 50_000, 'first wait before an unanswered frame is sent again'),
  timer('rto_max', 'rtoMaxUs', 400_000, 'longest wait between two tries; rto doubles up to it'),
  timer('io_timeout', 'ioTimeoutUs', 2_000_000, 'an IO not acknowledged for so long fails its session (D23)'),
  timer('open_timeout', 'openTimeoutUs', 2_000_000, 'rmc_open without an answer ends in RMC_ETIMEDOUT (D2)'),
  timer(
    'close_timeout',
    'closeTimeoutUs',
    1_000_000,
    'rmc_close without an answer ends in RMC_ETIMEDOUT (D14)',
  ),
  timer('heartbeat', 'heartbeatUs', 100_000, 'R1.1: a HEARTBEAT goes to each peer so often (D15)'),
  count(
    'heartbeat_misses',
    'heartbeatMisses',
    3,
    1000,
    'R1.1: heartbeats missed before a peer is failed (D15)',
  ),
  count('window', 'window', 32, 256, 'messages in flight, a direction of a session (D26)'),
  count(
    'send_queue',
    'sendQueue',
    256,
    65_536,
    'messages that wait behind the window; then RMC_EAGAIN (D26)',
  ),
  count('mailbox', 'mailbox', 64, 65_536, 'messages that wait for a process (D21)'),
  count(
    'gap_tolerance',
    'gapTolerance',
    8,
    256,
    'ordered delivery: so many messages may wait behind a hole; one more, and it is given up (D25)',
    0,
  ),
  timer('gap_timeout', 'gapTimeoutUs', 100_000, 'ordered delivery: age at which a hole is given up (D25)'),
  timer('boot', 'bootUs', 500_000, 'from power on to node_up'),
  timer(
    'rmc_restart',
    'rmcRestartUs',
    200_000,
    'EEE: a dead RMC process is started again after so long (D20)',
  ),
  rmcProcessTimer('ipc', 'ipcUs', 5, 'EEE: one way between application and RMC (D19)'),
]);

/** A new node's settings. */
export function defaultSettings(): NodeSettings {
  const settings = {} as NodeSettings;
  for (const declaration of settingDeclarations) settings[declaration.field] = declaration.initial;
  return settings;
}
