import { Status } from '../../rmc-core/index.js';
import type { AppApi } from '../app/application.js';
import type { ConsoleState, SendJob, SessionPlan } from './state.js';

/** Timer names of send jobs: `send 3`. */
export const SEND_TIMER = 'send ';

/** Goes on with a job, unless the application has closed the session meanwhile. */
export function goOnSending(api: AppApi, state: ConsoleState, job: SendJob): void {
  if (state.plans.get(job.session)?.closing === true) job.left = 0;
  send(api, state, job);
}

/** Sends as much of a job as goes now; the rest follows at `writable` (D26), or after `--every`. */
export function send(api: AppApi, state: ConsoleState, job: SendJob): void {
  job.waiting = false;
  while (job.left > 0) {
    const status = api.rmcSend(job.session, messageOf(state, job));
    if (status === Status.RMC_EAGAIN) {
      job.waiting = true;
      return;
    }
    if (status !== Status.RMC_INPROGRESS) {
      job.left = 0;
      break;
    }
    state.sent += 1;
    job.left -= 1;
    if (job.everyUs !== null && job.left > 0) {
      api.timer(job.everyUs, `${SEND_TIMER}${job.id}`);
      return;
    }
  }
  state.jobs.delete(job.id);
}

/** The text that was given, or one that tells the messages apart; filled up to the size that was given. */
function messageOf(state: ConsoleState, job: SendJob): Uint8Array {
  const text = new TextEncoder().encode(job.text ?? `message ${state.sent + 1}`);
  if (job.sizeBytes === null) return text;
  const message = new Uint8Array(job.sizeBytes).fill(0x2e);
  message.set(text.subarray(0, job.sizeBytes));
  return message;
}

/** `writable`: jobs that RMC_EAGAIN stopped go on. */
export function sendWaiting(api: AppApi, state: ConsoleState, session: number): void {
  for (const job of [...state.jobs.values()]) {
    if (job.session === session && job.waiting) goOnSending(api, state, job);
  }
}

/** `on_message echo`: sends the message back, in order, now or at `writable`. */
export function echo(api: AppApi, session: number, plan: SessionPlan, message: Uint8Array): void {
  plan.backlog.push(message);
  sendBacklog(api, session, plan);
}

export function sendBacklog(api: AppApi, session: number, plan: SessionPlan): void {
  while (plan.backlog.length > 0) {
    const status = api.rmcSend(session, plan.backlog[0]!);
    if (status === Status.RMC_EAGAIN) return;
    if (status !== Status.RMC_INPROGRESS) plan.backlog.length = 0;
    else plan.backlog.shift();
  }
}
