import type { Rule } from './rule.js';

/** What the one surviving text on the real system says. */
export const sourceRules: readonly Rule[] = [
  {
    number: 'S1',
    text: 'A session is light context of an application: it manages the message flow between two of them. There is one session structure, and how it is made gives its type: OPEN, LISTEN or ACCEPT.',
  },
  { number: 'S2', text: 'An OPEN session is made by client code, with rmc_open, to start a dialogue.' },
  {
    number: 'S3',
    text: 'A LISTEN session is made by server code, with rmc_listen, to wait for somebody’s rmc_open.',
  },
  {
    number: 'S4',
    text: 'An ACCEPT session is made by RMC itself, under a LISTEN session, in answer to a client’s rmc_open. RMC manages it, and most of it is hidden from the application.',
  },
  {
    number: 'S5',
    text: 'OPEN and LISTEN sessions are the application’s: it allocates the memory, makes the session, closes it with rmc_close or rmc_shutdown, and frees the memory.',
  },
  {
    number: 'S6',
    text: 'An application that meets an error closes the sessions that it manages, OPEN and LISTEN. It need not close ACCEPT sessions: close_session tells it that the client has closed.',
  },
  {
    number: 'S7',
    text: 'On an SSC an application may control the memory of ACCEPT sessions: with new_session given to rmc_listen, RMC calls it when an open request arrives, and the application allocates and places the structure.',
  },
  {
    number: 'S8',
    text: 'On an SSC RMC calls close_session when the open side closes, and what that callback does controls how the memory is released.',
  },
  {
    number: 'S9',
    text: 'RMC_FREE_SESSION(session) reads a field that RMC set in the structure before it called close_session. TRUE: release the block; FALSE: the application must not free it.',
  },
  {
    number: 'S10',
    text: 'In R1.0.x there are cases where RMC calls close_session but wants the structure kept for immediate reuse: RMC_FREE_SESSION is FALSE then.',
  },
  {
    number: 'S11',
    text: 'On an SSC new_session and close_session may both be NULL: RMC manages ACCEPT sessions as it sees fit, and the application neither allocates nor frees them.',
  },
  {
    number: 'S12',
    text: 'On an SSC new_session NULL with close_session set is legal, and RMC_FREE_SESSION is FALSE each time. The macro is right in every form and on both kinds, so the same callback code works everywhere.',
  },
  {
    number: 'S13',
    text: 'On an EEE RMC is an application of its own, and it always manages the memory of ACCEPT sessions.',
  },
  {
    number: 'S14',
    text: 'On an EEE rmc_listen has no argument new_session: it works as an SSC’s does with new_session NULL.',
  },
  {
    number: 'S15',
    text: 'On an EEE close_session is NULL or a handler. A handler is told that the session was closed, and has nothing to release.',
  },
  { number: 'S16', text: 'On an EEE RMC_FREE_SESSION is always FALSE.' },
  {
    number: 'S17',
    text: 'In R1.0.x a client learns of a failed server through a pending IO that fails, or later through a new IO that times out and fails. An idle client therefore learns nothing.',
  },
  { number: 'S18', text: 'R1.1 keeps all of R1.0.x’s handling of LISTEN and ACCEPT sessions.' },
  {
    number: 'S19',
    text: 'R1.1 keeps R1.0.x’s handling of OPEN sessions, and adds one argument to rmc_open: abort_session.',
  },
  {
    number: 'S20',
    text: 'R1.1 with abort_session: the client is told at once when the server side fails, whether or not it has IO pending.',
  },
  {
    number: 'S21',
    text: 'R1.1 with abort_session NULL behaves as R1.0.x, with one difference: a failure that is found through a new IO is reported at once, without a timeout.',
  },
];
