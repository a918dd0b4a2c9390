import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../index.js';
import { playing } from './play.js';
import { accept, listen, open, peerOpens, type Stage } from './stage.js';

const { play, allPlayed } = playing('Completions and callbacks');
const BYTES = new Uint8Array(8);

const peerCloses = (stage: Stage): void => {
  stage.peer.rmcClose(stage.sessionOf('p'));
  stage.run(10);
};

/** The peer's process dies without a word, comes back, and opens again from the same endpoint. */
function peerComesBack(stage: Stage): void {
  stage.command('kill peer');
  stage.command('launch peer');
  peerOpens(stage);
}

/** The statuses of the completions of a kind. */
const statuses = (stage: Stage, event: string): readonly unknown[] =>
  stage.emulator.events(event).map(({ fields }) => fields.get('status'));

describe('who owns a block before and after a completion', () => {
  it('D2 D3 open_done: RMC refers to it, and after an error it still has to be closed (S6, D13)', () => {
    play('open_done | RMC_OK | OPEN', (stage) => {
      const { peer, subject } = stage;
      peer.rmcListen({ address: peer.alloc(BLOCK_BYTES), port: 9 });
      const address = subject.alloc(BLOCK_BYTES);
      subject.rmcOpen({ address, node: 'there', port: 9, name: 'c' });
      stage.before(address);
      stage.run(10);
      stage.after('c');
    });
    play('open_done | an error: the session is FAILED | OPEN', (stage) => {
      stage.before(open(stage, { refused: true }));
      expect(statuses(stage, 'open_done')).toEqual(['RMC_ECONNREFUSED']);
      stage.after('c');
    });
  });

  it('D3 D23 io_done RMC_OK changes nothing', () =>
    play('io_done | RMC_OK | OPEN', (stage) => {
      stage.before(open(stage));
      stage.subject.rmcSend(stage.sessionOf('c'), BYTES);
      stage.run(10);
      expect(statuses(stage, 'io_done')).toEqual(['RMC_OK']);
      stage.after('c');
    }));

  it('S6 S17 D17 io_done with an error: the application closes its session, then frees', () =>
    play('io_done | an error: the session is FAILED | OPEN', (stage) => {
      stage.before(open(stage));
      stage.command('cut here there');
      stage.subject.rmcSend(stage.sessionOf('c'), BYTES);
      stage.run(3_000);
      expect(statuses(stage, 'io_done')).toHaveLength(1);
      expect(statuses(stage, 'io_done')).not.toEqual(['RMC_OK']);
      stage.after('c');
    }));

  it('S5 D3 D14 close_done of OPEN, whatever its status: the application’s alone', () => {
    for (const [cut, told] of [
      [false, /RMC_OK/],
      [true, /RMC_ETIMEDOUT|RMC_ECONNABORTED/],
    ] as const) {
      play('close_done | whatever its status | OPEN', (stage) => {
        stage.before(open(stage));
        if (cut) stage.command('cut here there');
        stage.subject.rmcClose(stage.sessionOf('c'));
        stage.run(2_000);
        expect(String(statuses(stage, 'close_done'))).toMatch(told);
        stage.after('c');
      });
    }
  });

  it('D3 D20 close_done that an EEE application’s stub says for a dead RMC: the application’s alone', () =>
    play(
      'close_done | whatever its status | OPEN',
      (stage) => {
        const address = open(stage);
        stage.command('kill here.rmc');
        stage.run(1);
        stage.before(address);
        stage.subject.rmcClose(stage.sessionOf('c'));
        stage.run(1);
        expect(statuses(stage, 'close_done')).toEqual(['RMC_OK']);
        stage.after('c');
      },
      (kind) => kind.rmcIsProcess,
    ));

  it('S5 D3 D22 close_done of LISTEN: the application’s alone', () =>
    play('close_done |  | LISTEN', (stage) => {
      accept(stage, false);
      stage.before(stage.addressOf('s'));
      stage.subject.rmcShutdown(stage.sessionOf('s'));
      stage.run(10);
      expect(statuses(stage, 'close_done')).toEqual(['RMC_OK']);
      stage.after('s');
    }));
});

describe('who owns a block before and after a callback', () => {
  it('S6 S20 D10 abort_session: the application closes its session, then frees', () =>
    play('abort_session |  | OPEN', (stage) => {
      stage.before(open(stage, { abortSession: true }));
      stage.onAbort = () => stage.after('c');
      stage.command('power off there');
      stage.run(1_000);
    }));

  it('S7 D3 new_session: the block that it places is the application’s, and RMC refers to it', () =>
    play('new_session | it returns a block | ACCEPT, placed', (stage) => {
      listen(stage, true);
      stage.place = (api) => {
        const address = api.alloc(BLOCK_BYTES);
        stage.before(address);
        return address;
      };
      peerOpens(stage);
      stage.after('s/1');
    }));

  it('D5 new_session that returns NULL makes no block', () =>
    play('new_session | it returns NULL | ACCEPT, placed', (stage) => {
      listen(stage, true);
      stage.place = () => 0;
      stage.before(0);
      peerOpens(stage);
      expect(statuses(stage, 'open_done')).toEqual(['RMC_ENOMEM']);
      stage.after('s/1');
    }));

  it('D6 new_session with a block that RMC cannot use: the application’s alone, as before', () =>
    play('new_session | it returns a block that RMC cannot use | ACCEPT, placed', (stage) => {
      listen(stage, true);
      stage.place = (api) => {
        const address = api.alloc(BLOCK_BYTES / 2);
        stage.before(address);
        return address;
      };
      peerOpens(stage);
      expect(statuses(stage, 'open_done')).toEqual(['RMC_ENOMEM']);
      stage.after('s/1');
    }));

  it('S4 S11 S12 S13 S14 without new_session the block is RMC’s, with close_session and without', () => {
    for (const closeSession of [true, false]) {
      play('new_session | NULL was given, or there is no such argument | ACCEPT, RMC’s', (stage) => {
        stage.before(0);
        stage.track(accept(stage, false, closeSession));
        stage.after('s/1');
      });
    }
  });

  it('S8 S9 D9 close_session TRUE: the application’s alone, from the callback on', () => {
    const ends: readonly ((stage: Stage) => void)[] = [
      peerCloses,
      (stage) => stage.subject.rmcShutdown(stage.sessionOf('s')),
      (stage) => {
        stage.command('power off there');
        stage.subject.rmcSend(stage.sessionOf('s/1'), BYTES);
        stage.run(3_000);
      },
    ];
    for (const end of ends) {
      play(
        'close_session TRUE | its client closed or failed, or its LISTEN session was shut down | ACCEPT, placed',
        (stage) => {
          stage.before(accept(stage, true));
          stage.onClose = (session) => {
            expect(stage.subject.rmcFreeSession(session)).toBe(true);
            stage.after('s/1');
          };
          end(stage);
        },
      );
    }
  });

  it('S10 D8 close_session FALSE for reuse: whose block it is does not change, and nobody frees it', () => {
    const key = 'close_session FALSE | its client opens again: the next session stands in the same block';
    for (const [role, newSession] of [
      ['ACCEPT, placed', true],
      ['ACCEPT, RMC’s', false],
    ] as const) {
      play(`${key} | ${role}`, (stage) => {
        const address = accept(stage, newSession);
        stage.before(address);
        stage.onClose = (session) => {
          expect(stage.subject.rmcFreeSession(session)).toBe(false);
          stage.after('s/1');
        };
        peerComesBack(stage);
        expect(stage.addressOf('s/2')).toBe(address);
      });
    }
  });

  it('S12 S15 S16 D19 close_session FALSE, any other end: RMC’s, which frees when the handler has returned', () => {
    play('close_session FALSE | any other end, while the handler runs | ACCEPT, RMC’s', (stage) => {
      stage.before(accept(stage, false));
      stage.onClose = (session) => {
        expect(stage.subject.rmcFreeSession(session)).toBe(false);
        stage.after('s/1');
      };
      peerCloses(stage);
    });
    play('close_session FALSE | any other end, when the handler has returned | ACCEPT, RMC’s', (stage) => {
      stage.before(accept(stage, false));
      peerCloses(stage);
      stage.after('s/1');
    });
  });

  it('S11 S15 close_session NULL: RMC frees its block at once', () =>
    play('close_session NULL | the session ends | ACCEPT, RMC’s', (stage) => {
      stage.before(accept(stage, false, false));
      peerCloses(stage);
      expect(stage.emulator.events('close_session')).toEqual([]);
      stage.after('s/1');
    }));

  it('D3 every row of completions and callbacks was played', allPlayed);
});
