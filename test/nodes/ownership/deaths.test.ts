import { describe, it } from 'vitest';
import { playing } from './play.js';
import { accept, listen, open, type Stage } from './stage.js';

const { play, allPlayed } = playing('Deaths');
const application = 'process_exit stop, kill, crash';
const power = 'process_exit power';

/** The ways in which an application's process ends by itself. */
const ends: readonly ((stage: Stage) => void)[] = [
  (stage) => {
    try {
      stage.subject.exit();
    } catch {
      // The call does not return.
    }
  },
  (stage) => stage.command('kill subject'),
  (stage) => {
    stage.subject.timer(0, 'crash');
    stage.emulator.run(0);
  },
];

/** How each role's block comes about, and the session in it. */
const making = {
  OPEN: { session: 'c', make: (stage: Stage) => open(stage) },
  LISTEN: { session: 's', make: (stage: Stage) => listen(stage, false) },
  'ACCEPT, placed': { session: 's/1', make: (stage: Stage) => accept(stage, true) },
  'ACCEPT, RMC’s': { session: 's/1', make: (stage: Stage) => accept(stage, false) },
} as const;
type Role = keyof typeof making;

/** Plays a row: the block is made, `die` happens, so long goes by. */
function dies(step: string, when: string, role: Role, die: (stage: Stage) => void, milliseconds = 0): void {
  const { session, make } = making[role];
  play(`${step} | ${when} | ${role}`, (stage) => {
    stage.before(make(stage));
    die(stage);
    if (milliseconds > 0) stage.run(milliseconds);
    stage.after(session);
  });
}

describe('who owns a block before and after a death', () => {
  it('D20 an SSC application: every block of it goes with it, however it ends', () => {
    for (const end of ends) {
      for (const role of ['OPEN', 'LISTEN', 'ACCEPT, placed', 'ACCEPT, RMC’s'] as const) {
        dies(application, '', role, end);
      }
    }
  });

  it('D20 an EEE application: its memory goes when RMC has let go of the sessions', () => {
    for (const end of ends) {
      dies(application, 'while RMC still closes the session', 'OPEN', end);
      dies(application, 'when RMC has closed the session', 'OPEN', end, 100);
      dies(application, 'RMC ends the session at once', 'LISTEN', end);
    }
  });

  it('D19 D20 an EEE application: RMC reclaims its ACCEPT blocks at once', () => {
    for (const end of ends) dies(application, 'RMC reclaims it at once', 'ACCEPT, RMC’s', end);
  });

  it('D20 a node: everything goes', () => {
    for (const role of ['OPEN', 'LISTEN', 'ACCEPT, placed', 'ACCEPT, RMC’s'] as const) {
      dies(power, '', role, (stage) => stage.command('power off here'));
    }
  });

  it('D17 D20 an EEE’s RMC: the application closes its FAILED sessions, then frees', () => {
    for (const role of ['OPEN', 'LISTEN'] as const) {
      dies('death of RMC', 'the session is FAILED', role, (stage) => stage.command('kill here.rmc'), 1);
    }
  });

  it('S16 D20 an EEE’s RMC: its ACCEPT blocks stay until their close_session has returned', () => {
    play('death of RMC | until its close_session (FALSE) has returned | ACCEPT, RMC’s', (stage) => {
      stage.before(accept(stage, false));
      stage.onClose = () => stage.after('s/1');
      stage.command('kill here.rmc');
      stage.run(1);
    });
    for (const closeSession of [true, false]) {
      play(
        'death of RMC | when its close_session has returned, or there is none | ACCEPT, RMC’s',
        (stage) => {
          stage.before(accept(stage, false, closeSession));
          stage.command('kill here.rmc');
          stage.run(closeSession ? 1 : 0);
          stage.after('s/1');
        },
      );
    }
  });

  it('D16 a client of an R1.0.x server: its session stays, and holds its block', () => {
    const when = 'no callback, until the client opens again or the server’s own IO times out';
    for (const role of ['ACCEPT, placed', 'ACCEPT, RMC’s'] as const) {
      dies('death of the client', when, role, (stage) => stage.command('power off there'), 60_000);
    }
  });

  it('D3 every row of deaths was played', allPlayed);
});
