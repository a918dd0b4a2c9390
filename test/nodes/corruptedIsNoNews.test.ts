import { expect, it } from 'vitest';
import { createEmulator } from '../../index.js';

it('D30 a session that failed because its own block was overwritten is no news of its peer', () => {
  const emulator = createEmulator();
  emulator.command('node near ssc\nnode far ssc\napp client --on near\napp server --on far');
  emulator.command(
    'rmc_listen server 9 --as s\nrmc_open client far:9 --abort_session notify --as c\nrun 10ms',
  );
  emulator.command('poke client c 00000000\nrmc_send c hello\nrun 2s');
  const told = emulator.events('learned').filter((event) => event.fields.get('app') === 'client');
  expect(emulator.events('abort_session').map((event) => event.fields.get('reason'))).toEqual(['corrupted']);
  expect(told).toEqual([]);
});

it('D30 an open call that ends because its own EEE’s RMC died tells of that RMC, not of the server', () => {
  const emulator = createEmulator();
  emulator.command(
    'node near eee\nnode far ssc\napp client --on near\napp server --on far\nrmc_listen server 9',
  );
  emulator.command('isolate far\nrmc_open client far:9 --as c\nrun 10ms\nkill near.rmc\nrun 1ms');
  const [told] = emulator.events('learned');
  expect(told?.fields.get('about')).toBe('near.rmc');
  expect(told?.fields.get('how')).toBe('open');
});
