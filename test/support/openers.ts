import { type AppApi, type Application, BLOCK_BYTES, type Emulator, type SessionId } from '../../index.js';

/** A client that opens `right:9` when it starts, and frees its block at close_done. */
export function client(more: Partial<Application> = {}): Application & { session: SessionId } {
  return {
    session: 0,
    onStart(api: AppApi) {
      const { session } = api.rmcOpen({
        address: api.alloc(BLOCK_BYTES),
        node: 'right',
        port: 9,
        abortSession: more.abortSession !== undefined,
        name: 'c',
      });
      this.session = session;
    },
    onCloseDone: (api, session) => api.free(api.addressOf(session)),
    ...more,
  };
}

/** The events of one name, each as the values of some of its fields. */
export function told(world: Emulator, event: string, ...fields: readonly string[]): readonly string[] {
  return world
    .events(event)
    .map((one) => fields.map((field) => String(one.fields.get(field) ?? '')).join(' '));
}

/** Kinds of the memory errors so far. */
export const memoryErrors = (world: Emulator): readonly string[] => told(world, 'memory_error', 'kind');

/** Statuses of the calls or completions of one name so far. */
export const statusesOf = (world: Emulator, event: string): readonly string[] => told(world, event, 'status');
