import { createEmulator, type Emulator } from '../../../index.js';
import { FakeSource } from './fakeSource.js';
import { event, failoverView } from './fixtures.js';

/** A source on a real world that has run these lines of the monitor language. */
export function ran(lines: string): { readonly emulator: Emulator; readonly source: FakeSource } {
  const emulator = createEmulator();
  emulator.command(lines);
  return { emulator, source: new FakeSource(failoverView, emulator.events()) };
}

/** A log of plain frames between `a` and `b`: each is sent, and a moment later delivered. */
export function manyFrames(count: number): FakeSource {
  const frame = (session: string) => ({ frame: 'DATA', from: 'a', to: 'b', session });
  const events = Array.from({ length: count }, (_, index) => [
    event(2 * index + 1, index * 100, 'frame_sent', frame(`s${index}`)),
    event(2 * index + 2, index * 100 + 50, 'frame_delivered', frame(`s${index}`), 2 * index + 1),
  ]);
  return new FakeSource(failoverView, events.flat());
}
