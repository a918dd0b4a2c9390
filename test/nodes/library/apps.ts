import type { AppApi, Application, SessionId } from '../../../index.js';
import { BLOCK_BYTES, Status } from '../../../index.js';

// Applications with state of every shape that takes part in going back: numbers, lists, maps, typed arrays.

/** Listens, answers every message, and counts them by session. */
export class Server implements Application {
  counted = new Map<string, number>();
  over: string[] = [];

  get state(): unknown {
    return [this.counted, this.over];
  }

  onStart(api: AppApi): void {
    api.rmcListen({ address: api.alloc(BLOCK_BYTES), port: 9, closeSession: true });
  }

  onMessage(api: AppApi, session: SessionId, message: Uint8Array): void {
    const name = api.nameOf(session);
    this.counted.set(name, (this.counted.get(name) ?? 0) + 1);
    api.rmcSend(session, message);
  }

  closeSession(api: AppApi, session: SessionId): void {
    this.over.push(api.nameOf(session));
  }
}

/** Opens, and sends a drawn number every now and then; opens again when it was told of a failure. */
export class Client implements Application {
  session: SessionId = 0;
  sent = 0;
  readonly echoes: number[] = [];
  readonly seen = new Uint8Array(256);
  told: { reason: string; atUs: number } | undefined;

  get state(): unknown {
    return [this.session, this.sent, this.echoes, this.seen, this.told ?? null];
  }

  onStart(api: AppApi): void {
    this.#open(api);
    api.timer(1000, 'send');
  }

  onTimer(api: AppApi): void {
    const drawn = api.random(256);
    if (this.session !== 0 && api.rmcSend(this.session, new Uint8Array([drawn])) === Status.RMC_INPROGRESS) {
      this.sent += 1;
    }
    api.timer(1000 + drawn, 'send');
  }

  onMessage(_api: AppApi, _session: SessionId, message: Uint8Array): void {
    const value = message[0] ?? 0;
    this.echoes.push(value);
    this.seen[value] = 1;
  }

  abortSession(api: AppApi, session: SessionId, reason: string): void {
    this.told = { reason, atUs: api.nowUs };
    this.session = 0;
    api.rmcClose(session);
  }

  onCloseDone(api: AppApi, session: SessionId): void {
    api.free(api.addressOf(session));
    this.#open(api);
  }

  #open(api: AppApi): void {
    const { session } = api.rmcOpen({
      address: api.alloc(BLOCK_BYTES),
      node: 'far',
      port: 9,
      abortSession: true,
    });
    this.session = session;
  }
}
