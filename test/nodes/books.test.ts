import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../index.js';
import { fabricOf, nodeKinds } from '../../nodes/index.js';

describe.each(nodeKinds.map((kind) => [kind.name, kind] as const))('names on an %s', (_name, kind) => {
  it('D12 are given once, and what is asked for has to be there', () => {
    const emulator = createEmulator();
    const node = emulator.addNode('here', kind);
    node.addApp('one', {});
    const fabric = fabricOf(emulator.world);
    expect(() => emulator.addNode('here', kind)).toThrow('there is a node here already');
    expect(() => node.addApp('one', {})).toThrow('there is an application one already');
    expect(() => fabric.nodeNamed('there')).toThrow('there is no node there');
    expect(() => fabric.appNamed('two')).toThrow('there is no application two');
    expect(() => fabric.node(7)).toThrow('no node has the index 7');
    expect(() => fabric.app(7)).toThrow('no application has the index 7');
  });

  it('D28 a heap fits into its node', () => {
    const node = createEmulator().addNode('here', kind, { memoryBytes: 8192 });
    expect(() => node.addApp('one', {}, { heapBytes: 8193 })).toThrow(
      'a heap of 8193 bytes does not fit into the 8192 bytes of here',
    );
  });

  it('D11 when every port that RMC may pick is taken, port 0 is RMC_EADDRINUSE', () => {
    const emulator = createEmulator();
    const node = emulator.addNode('here', kind, { memoryBytes: 16 * 1024 * 1024 });
    const last: string[] = [];
    emulator.subscribe((event) => {
      if (event.event === 'rmc_listen') last[0] = String(event.fields.get('status'));
    });
    const { ports } = fabricOf(emulator.world).nodeNamed('here').state;
    for (let port = 49_152; port < 65_535; port += 1) ports.set(port, 0);
    node.addApp('one', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(128), port: 0 }),
    });
    expect(last).toEqual(['RMC_OK']);
    node.addApp('two', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(128), port: 0 }),
    });
    expect(last).toEqual(['RMC_EADDRINUSE']);
    node.addApp('three', {
      onStart: (api) => void api.rmcListen({ address: api.alloc(128), port: 9 }),
    });
    expect(last).toEqual(['RMC_OK']);
  });
});
