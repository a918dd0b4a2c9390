import { describe, expect, it } from 'vitest';
import { kinds, lab, learned } from './lab.js';

/** A server with a close_session, its client, and these lines; the news that the server had, and why. */
function heard(kind: string, lines: string, release = 'R1.1'): readonly string[] {
  const emulator = lab(`
    node far ${kind}
    node near ssc --release ${release}
    app server --on far
    app client --on near
    rmc_listen server 9 --close_session notify --as s
    rmc_listen server 8 --close_session notify --as other
    rmc_open client far:9 --as c
    run 100ms
    ${lines}
  `);
  const news = learned(emulator)
    .filter((line) => line.startsWith('server'))
    .map((line) => line.replace(/ after .*$/, ''));
  const rows = emulator
    .learned()
    .flatMap((entry) => entry.rows.filter(({ app, told }) => app === 'server' && told));
  return [...news, ...rows.map(({ rule, why }) => `${rule} ${why}`)];
}

const TOLD = 'server about near: close_session D16';

describe.each(kinds)('close_session on an %s', (kind) => {
  it('D16 D30 tells of a client that is silent', () => {
    expect(heard(kind, 'power off near\nrun 1s')).toEqual([TOLD, 'D15 D16 3 heartbeats missed']);
  });

  it.each([9, 8])('D8 D15 D30 tells of a client that was started again and opens port %i', (port) => {
    const lines = `kill client\nlaunch client\nrmc_open client far:${port} --as again\nrun 10ms`;
    expect(heard(kind, lines)).toEqual([TOLD, 'D15 D16 a newer incarnation was seen']);
  });

  it('D8 D30 tells of an R1.0.x client by its next open', () => {
    const lines = 'kill client\nlaunch client\nrmc_open client far:9 --as again\nrun 10ms';
    expect(heard(kind, lines, 'R1.0.x')).toEqual([TOLD, 'D15 D16 a newer incarnation was seen']);
  });

  it('D16 D17 D30 tells of an R1.0.x client by an IO of the server', () => {
    const found = heard(kind, 'power off near\nrmc_send s/1 x\nrun 3s', 'R1.0.x');
    expect(found).toEqual(['server about near: io S17', TOLD, 'S17 an IO was not acknowledged in time']);
  });

  it('D15 D16 D30 tells of a client that gave its session up', () => {
    const lines = 'set near io_timeout 200ms\nrmc_open client far:9 --as d\nrun 10ms';
    const found = heard(
      kind,
      `${lines}\ninject loss --frame DATA --from near --to far\nrmc_send d x\nrun 1s`,
    );
    expect(found).toEqual([TOLD]);
  });

  it('D15 D16 D30 tells of it in the words of the far RMC, if the client had failed before', () => {
    const lines = `
      set near io_timeout 200ms
      kill client
      launch client
      rmc_open client far:9 --as d
      run 10ms
      hang client
      run 1us
      unhang client
      inject loss --frame DATA --from near --to far
      rmc_send d x
      run 1s`;
    expect(heard(kind, lines).at(-1)).toBe('D15 D16 the far RMC said so (ABORT)');
  });

  it.each([
    ['closes', 'rmc_close c --then-free\nrun 10ms'],
    [
      'whose close was lost opens again',
      'inject loss --frame CLOSE_REQ\nrmc_close c --then-free\nrun 2s\nrmc_open client far:9 --as d\nrun 10ms',
    ],
    ['is shut out', 'rmc_shutdown s --then-free\nrun 10ms'],
  ])('D8 D9 D30 tells of no failure where the client %s', (_, lines) => {
    expect(heard(kind, lines, 'R1.0.x')).toEqual([]);
  });
});
