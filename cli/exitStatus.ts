/** What the command's exit status says. Of several results the worst counts: 4, 3, 2, 1. */
export const exitStatuses = [
  { code: 0, name: 'passed', meaning: 'everything passed' },
  { code: 1, name: 'failed', meaning: 'a check failed, or the world refused a command' },
  { code: 2, name: 'wrong', meaning: 'the command line or a drill’s text is wrong; nothing has run' },
  { code: 3, name: 'not deterministic', meaning: 'the same drill and seed gave two different runs' },
  { code: 4, name: 'stopped', meaning: 'stopped by a limit or an internal error' },
] as const;

export type ExitStatus = (typeof exitStatuses)[number]['code'];

export const PASSED = 0;
export const FAILED = 1;
export const WRONG = 2;
export const NOT_DETERMINISTIC = 3;
export const STOPPED = 4;

export function worst(statuses: Iterable<ExitStatus>): ExitStatus {
  let status: ExitStatus = PASSED;
  for (const each of statuses) if (each > status) status = each;
  return status;
}

/** The command line is wrong; the message is for the person who typed it. Exit status 2, nothing has run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The command whose `--help` tells more. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** A file that had been opened could not be written (the disk is full). Exit status 4. */
export class OutputFailed extends Error {
  override readonly name = 'OutputFailed';
}
