import { type AppApi, createEmulator, replay } from '../../../index.js';
import { ssc } from '../../../nodes/ssc/index.js';

const counter = () => ({
  messages: 0, // in a field: going back takes it along
  onStart(api: AppApi) {
    api.rmcListen({ address: api.alloc(128), port: 9 });
  },
  onMessage() {
    this.messages += 1;
  },
});
const server = counter();

const emulator = createEmulator({ timeTravel: true });
emulator.addNode('ssc0', ssc).addApp('server', server);
emulator.command('node ssc1 ssc\napp client --on ssc1\nrmc_open client ssc0:9\nrun 10ms');
emulator.command('rmc_send client.1 --count 5\nrun 10ms');
emulator.goto(9_000); // or back(steps), forward(steps), gotoEvent(212)
console.log(server.messages); // prints: 0
emulator.command('rmc_send client.1 --count 3\nrun 10ms'); // another future
console.log(server.messages); // prints: 3

const recording = JSON.stringify(emulator.recording());
const again = replay(JSON.parse(recording), { applications: { server: counter } });
console.log(again.digest() === emulator.digest()); // prints: true
