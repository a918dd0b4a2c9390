import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, Status } from '../../../index.js';
import { ownership } from '../../../nodes/index.js';
import { blockFields } from '../../../rmc-core/index.js';
import { playing } from './play.js';
import { accept, listen, open } from './stage.js';

const { play, allPlayed } = playing('Calls');
const BYTES = new Uint8Array(8);

describe('who owns a block before and after a call', () => {
  it('S2 S5 D3 rmc_open: the application’s, and RMC refers to it', () =>
    play('rmc_open | RMC_INPROGRESS | OPEN', (stage) => {
      const address = stage.subject.alloc(BLOCK_BYTES);
      stage.before(address);
      const { status } = stage.subject.rmcOpen({ address, node: 'there', port: 9, name: 'c' });
      expect(status).toBe(Status.RMC_INPROGRESS);
      stage.after('c');
    }));

  it('S5 D2 rmc_open with an error: the application’s alone, as before', () =>
    play('rmc_open | an error | OPEN', (stage) => {
      const address = stage.subject.alloc(BLOCK_BYTES);
      stage.before(address);
      expect(stage.subject.rmcOpen({ address, node: 'nowhere', port: 9 }).status).toBe(Status.RMC_EINVAL);
      stage.after();
    }));

  it('S3 S5 D3 rmc_listen: the application’s, and RMC refers to it', () =>
    play('rmc_listen | RMC_OK | LISTEN', (stage) => {
      const address = stage.subject.alloc(BLOCK_BYTES);
      stage.before(address);
      expect(stage.subject.rmcListen({ address, port: 9, name: 's' }).status).toBe(Status.RMC_OK);
      stage.after('s');
    }));

  it('S5 D11 rmc_listen on a port in use: the application’s alone, as before', () =>
    play('rmc_listen | an error | LISTEN', (stage) => {
      listen(stage, false);
      const address = stage.subject.alloc(BLOCK_BYTES);
      stage.before(address);
      expect(stage.subject.rmcListen({ address, port: 9 }).status).toBe(Status.RMC_EADDRINUSE);
      stage.after();
    }));

  it('D4 rmc_listen with new_session and without close_session: RMC_EINVAL, the application’s alone', () =>
    play('rmc_listen | new_session without close_session: RMC_EINVAL | LISTEN', (stage) => {
      const address = stage.subject.alloc(BLOCK_BYTES);
      stage.before(address);
      const { status } = stage.subject.rmcListen({ address, port: 9, newSession: true });
      expect(status).toBe(Status.RMC_EINVAL);
      stage.after();
    }));

  it('D3 D23 rmc_send changes nothing', () => {
    play('rmc_send | RMC_INPROGRESS, RMC_EAGAIN, RMC_EMSGSIZE | OPEN', (stage) => {
      stage.before(open(stage));
      const session = stage.sessionOf('c');
      expect(stage.subject.rmcSend(session, BYTES)).toBe(Status.RMC_INPROGRESS);
      expect(stage.subject.rmcSend(session, new Uint8Array(1025))).toBe(Status.RMC_EMSGSIZE);
      while (stage.subject.rmcSend(session, BYTES) !== Status.RMC_EAGAIN);
      stage.after('c');
    });
    play('rmc_send | whatever it returns | ACCEPT, placed', (stage) => {
      stage.before(accept(stage, true));
      expect(stage.subject.rmcSend(stage.sessionOf('s/1'), BYTES)).toBe(Status.RMC_INPROGRESS);
      stage.after('s/1');
    });
    play('rmc_send | whatever it returns | ACCEPT, RMC’s', (stage) => {
      stage.before(accept(stage, false));
      expect(stage.subject.rmcSend(stage.sessionOf('s/1'), BYTES)).toBe(Status.RMC_INPROGRESS);
      stage.after('s/1');
    });
  });

  it('S6 D13 rmc_send on a FAILED session: it still has to be closed, then freed', () =>
    play('rmc_send | RMC_ECONNABORTED: the session is FAILED | OPEN', (stage) => {
      stage.before(open(stage, { refused: true }));
      expect(stage.subject.rmcSend(stage.sessionOf('c'), BYTES)).toBe(Status.RMC_ECONNABORTED);
      stage.after('c');
    }));

  it('S5 D1 D3 rmc_close: RMC refers to the block until close_done, whatever a second call says', () => {
    play('rmc_close | RMC_INPROGRESS | OPEN', (stage) => {
      stage.before(open(stage));
      expect(stage.subject.rmcClose(stage.sessionOf('c'))).toBe(Status.RMC_INPROGRESS);
      stage.after('c');
    });
    play('rmc_close | an error: it is being closed already | OPEN', (stage) => {
      const address = open(stage);
      stage.subject.rmcClose(stage.sessionOf('c'));
      stage.before(address);
      expect(stage.subject.rmcClose(stage.sessionOf('c'))).toBe(Status.RMC_EINVAL);
      stage.after('c');
    });
  });

  it('S6 D1 rmc_close of an ACCEPT session: RMC_ENOTOWNER, and nothing changes', () =>
    play('rmc_close | RMC_ENOTOWNER | ACCEPT, placed', (stage) => {
      stage.before(accept(stage, true));
      expect(stage.subject.rmcClose(stage.sessionOf('s/1'))).toBe(Status.RMC_ENOTOWNER);
      stage.after('s/1');
    }));

  it('S5 D1 D3 rmc_shutdown: RMC refers to the block until close_done, whatever a second call says', () => {
    // On an SSC close_done of a LISTEN session without ACCEPT sessions comes inside the call, so it has one here.
    play('rmc_shutdown | RMC_INPROGRESS | LISTEN', (stage) => {
      accept(stage, false);
      stage.before(stage.addressOf('s'));
      stage.onClose = () => stage.after('s');
      expect(stage.subject.rmcShutdown(stage.sessionOf('s'))).toBe(Status.RMC_INPROGRESS);
      stage.run(10);
    });
    play('rmc_shutdown | an error: it is being shut down already | LISTEN', (stage) => {
      accept(stage, false);
      stage.onClose = () => {
        stage.before(stage.addressOf('s'));
        expect(stage.subject.rmcShutdown(stage.sessionOf('s'))).toBe(Status.RMC_EINVAL);
        stage.after('s');
      };
      stage.subject.rmcShutdown(stage.sessionOf('s'));
      stage.run(10);
    });
  });

  it('D3 every row of calls was played', allPlayed);
});

describe('the table of owners', () => {
  it('S18 makes no difference between the releases where a LISTEN session was made or an ACCEPT session ends', () => {
    const rows = ownership.flatMap((part) => part.rows).filter(({ role }) => role !== 'OPEN');
    const differing = rows.filter(({ release }) => release !== undefined);
    expect([...new Set(differing.map(({ step }) => step))]).toEqual(['death of the client']);
  });

  it('S1 is of one structure: all three types have the same block, and a field of it says which', () => {
    const field = blockFields.find(({ name }) => name === 'type')!;
    const types = new Set<number>();
    play('rmc_send | whatever it returns | ACCEPT, placed', (stage) => {
      const placed = accept(stage, true);
      stage.before(placed);
      const address = stage.subject.alloc(BLOCK_BYTES);
      stage.subject.rmcOpen({ address, node: 'there', port: 9, name: 'c' });
      const space = stage.fabric.nodeNamed('here').spaceOf(stage.fabric.appNamed('subject'))!;
      for (const at of [placed, address, stage.addressOf('s')]) {
        types.add(space.bytes[at - space.base + field.offset]!);
      }
      stage.after('s/1');
    });
    expect(types.size).toBe(3);
  });
});
