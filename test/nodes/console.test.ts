import { describe, expect, it } from 'vitest';
import { told } from '../support/openers.js';
import { kinds, lab, pair } from './lab.js';

describe.each(kinds)('an application of the monitor, its server being on an %s', (kind) => {
  it('§3 reopen takes the next number that is free', () => {
    const emulator = lab(`
      node far ${kind}
      node near ssc
      app server --on far
      app client --on near
      rmc_listen server 9
      rmc_open client far:9 --abort_session reopen:near:9
      rmc_open client far:9 --delivery ordered
      run 1ms
      power off far
      run 1s`);
    expect(told(emulator, 'rmc_open', 'session', 'peer')).toEqual([
      'client.1 far:9',
      'client.2 far:9',
      'client.3 near:9',
    ]);
  });

  it('§3 a name that reopen took is left out', () => {
    const emulator = lab(`
      node far ${kind}
      node near ssc
      app server --on far
      app standby --on near
      app client --on near
      rmc_listen server 9
      rmc_listen standby 9
      rmc_open client far:9 --abort_session reopen:near:9
      run 1ms
      power off far
      run 1s
      rmc_open client near:9`);
    expect(told(emulator, 'rmc_open', 'session', 'peer')).toEqual([
      'client.1 far:9',
      'client.2 near:9',
      'client.3 near:9',
    ]);
  });

  it('§3 it sends nothing more on a session that it has closed', () => {
    const emulator = pair(kind);
    emulator.command('power off far\nrmc_send c tick --count 10 --every 100ms\nrun 150ms');
    expect(told(emulator, 'rmc_send', 'status')).toEqual(['RMC_INPROGRESS', 'RMC_INPROGRESS']);
    emulator.command('rmc_close c\nrun 150ms');
    expect(told(emulator, 'close_done')).toEqual([]);
    expect(told(emulator, 'rmc_send')).toHaveLength(2);
  });

  it('D26 writable of one session is none of another, and an interval goes on', () => {
    const emulator = pair(kind);
    emulator.command('rmc_open client far:9 --as d\nrun 1ms\nhang server');
    emulator.command('rmc_send d tick --count 4 --every 100us\nrmc_send c fill --count 400');
    expect(told(emulator, 'rmc_send', 'status')).toContain('RMC_EAGAIN');
    emulator.command('unhang server\nexpect delivered s/1 --count 400\nexpect delivered s/2 --count 4');
    expect(told(emulator, 'writable', 'session')).toContain('c');
  });

  it('D26 an echo that finds no room waits for writable, and keeps the order', () => {
    const emulator = lab(`
      node far ${kind}
      node near ssc
      set far window 2
      set far send_queue 2
      app server --on far
      app client --on near
      rmc_listen server 9 --on_message echo --as s
      rmc_open client far:9 --as c
      run 1ms
      rmc_send c --count 20
      expect delivered c --count 20`);
    const onServer = emulator.events('rmc_send').filter(({ fields }) => fields.get('session') === 's/1');
    expect(onServer.map(({ fields }) => fields.get('status'))).toContain('RMC_EAGAIN');
    const texts = emulator.events('message').filter(({ fields }) => fields.get('session') === 'c');
    expect(texts.map(({ fields }) => fields.get('text'))).toEqual(
      Array.from({ length: 20 }, (_, at) => `message ${at + 1}`),
    );
  });

  it('D24 thousands of messages arrive once and in order', () => {
    const emulator = pair(kind);
    emulator.command('rmc_send c --count 2500\nexpect delivered s/1 --count 2500');
    const sizes = emulator.events('message').map(({ fields }) => fields.get('text'));
    expect(sizes[2499]).toBe('message 2500');
  });
});

describe('an injected failure of memory', () => {
  it('D28 without --count it goes on until it is cleared', () => {
    const emulator = lab('node s ssc\napp a --on s\ninject alloc-failure --in a');
    emulator.command('rmc_listen a 1\nrmc_listen a 2\nclear --all\nrmc_listen a 3');
    expect(told(emulator, 'rmc_listen', 'status')).toEqual(['RMC_ENOMEM', 'RMC_ENOMEM', 'RMC_OK']);
  });
});

describe('new_session pool', () => {
  it('D28 without room for the pool rmc_listen is RMC_ENOMEM, and its own block goes back', () => {
    const emulator = lab('node s ssc\napp a --on s --heap 1024');
    emulator.command('rmc_listen a 9 --new_session pool:8 --close_session free-if-true --as l');
    expect(told(emulator, 'rmc_listen', 'session', 'status')).toEqual(['l RMC_ENOMEM']);
    emulator.command('expect memory a --live 0\nexpect memory_error --kind out-of-memory');
  });
});
