import { describe, expect, it } from 'vitest';
import { lab, plain } from '../nodes/lab.js';

/** A client gave up before its delayed open request arrived; the ACCEPT session took the id that the client had. */
const late = (release: string) =>
  lab(`
    node eee0 eee --release ${release}
    app server --on eee0
    app client --on eee0
    rmc_listen server 9 --close_session notify --on_message echo --as s
    inject loss --frame CLOSE_REQ
    inject delay --frame OPEN_REQ --delay 1500ms
    rmc_open client eee0:9 --as c
    rmc_close c --then-free
    expect session_state --session s/1 --state ESTABLISHED --within 2s
    rmc_send s/1 hello
    run 5s
  `);

describe('client and server in one RMC instance', () => {
  it.each([
    ['R1.1', 'RMC_ECONNABORTED'],
    ['R1.0.x', 'RMC_ETIMEDOUT'],
  ])('D12 %s: a session whose client is gone does not hear itself', (release, status) => {
    const emulator = late(release);
    expect(emulator.events('message')).toEqual([]);
    expect(emulator.events('io_done').map((event) => plain(event)['status'])).toEqual([status]);
    expect(emulator.events('close_session')).toHaveLength(1);
  });
});
