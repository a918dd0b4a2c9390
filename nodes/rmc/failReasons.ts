import { CloseCause, FailReason, failReasonName } from '../../rmc-core/index.js';

/** Said by an application's own stub when the RMC process of its node died (D20); the core never says it. */
export const RMC_GONE = 100;

/** The word for a reason in events: `silence`, `io`, `rmc`. */
export function reasonName(reason: number): string {
  return reason === RMC_GONE ? 'rmc' : failReasonName(reason);
}

/** D30: a failing IO is news of a failure unless its session just ended in the regular way. */
export function saysThatPeerFailed(reason: number): boolean {
  switch (reason) {
    case FailReason.silence:
    case FailReason.abort:
    case FailReason.incarnation:
    case FailReason.io:
    case RMC_GONE:
      return true;
    default:
      return false;
  }
}

/**
 * D16: how a close_session says that the client failed; empty when it does not: the client closed, the LISTEN session
 * was shut down, or a client that lives opened again (`newer` is 1 when it is a newer incarnation).
 */
export function clientFailure(cause: number, newer: number): string {
  switch (cause) {
    case CloseCause['failed-silence']:
      return 'silence';
    case CloseCause['failed-abort']:
      return 'abort';
    case CloseCause['failed-incarnation']:
      return 'incarnation';
    case CloseCause.io:
      return 'io';
    case CloseCause.reuse:
      return newer === 1 ? 'incarnation' : '';
    case RMC_GONE:
      return 'rmc';
    default:
      return '';
  }
}
