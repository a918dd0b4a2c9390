import { type ArgType, fault, listed, type Parsed, type Scope } from '../../emulator/index.js';
import {
  type Behaviour,
  type BehaviourOf,
  behaviourForms,
  behaviourNames,
  readBehaviour,
  type Target,
} from '../console/behaviour.js';

/** The behaviour of a callback, or NULL. */
export function behaviour(of: BehaviourOf): ArgType<Behaviour | null> {
  const forms = ['NULL', ...behaviourForms(of)];
  return {
    name: 'B',
    describe: listed(forms, forms.length),
    parse: (text, scope) => (text === 'NULL' ? { value: null } : readBehaviour(text, of, scope)),
    complete: () => ['NULL', ...behaviourNames(of)],
  };
}

/** `<node>:<port>`. */
export const peerAddress: ArgType<Target> = {
  name: 'node:port',
  describe: '<node>:<port>, as eee0:9',
  parse: (text, scope): Parsed<Target> => {
    const parts = /^([^:]+):(\d{1,5})$/.exec(text);
    if (parts === null) return fault(`"${text}" is no address of a server`, '<node>:<port>, as eee0:9');
    const node = parts[1]!;
    const port = Number(parts[2]);
    const nodes = scope.names('node');
    if (!nodes.includes(node)) return fault(`there is no node "${node}"`, listed(nodes), node, nodes);
    if (port < 1 || port > 65_535) return fault(`${port} is no port`, 'a port from 1 to 65535');
    return { value: { node, port } };
  },
  complete: (_prefix, scope) => scope.names('node').map((node) => `${node}:`),
};

/** What a failure command is aimed at. */
export type Victim =
  | { readonly kind: 'app'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'rmc'; readonly name: string };

/** `<app>`, `<node>.rmc` (of a kind whose RMC is a process, D19), and `<node>` where `nodes` says so. */
export function victim(nodes: 'with nodes' | 'without nodes'): ArgType<Victim> {
  const withNodes = nodes === 'with nodes';
  const form = withNodes ? 'an application, a node, or <node>.rmc' : 'an application, or <node>.rmc';
  const words = (scope: Scope) => [
    ...scope.names('app'),
    ...(withNodes ? scope.names('node') : []),
    ...scope
      .names('node')
      .filter((node) => scope.find('node', node)?.['rmcIsProcess'] === true)
      .map((node) => `${node}.rmc`),
  ];
  return {
    name: withNodes ? 'app|node|node.rmc' : 'app|node.rmc',
    describe: form,
    parse: (text, scope): Parsed<Victim> => {
      if (scope.has('app', text)) return { value: { kind: 'app', name: text } };
      if (withNodes && scope.has('node', text)) return { value: { kind: 'node', name: text } };
      const node = text.endsWith('.rmc') ? text.slice(0, -4) : '';
      const facts = scope.find('node', node);
      if (facts?.['rmcIsProcess'] === true) return { value: { kind: 'rmc', name: node } };
      if (facts !== undefined)
        return fault(`RMC on ${node} is a library in each process, not a process (D19)`, form);
      return fault(
        `there is no application${withNodes ? ' or node' : ''} "${text}"`,
        listed(words(scope)),
        text,
        words(scope),
      );
    },
    complete: (_prefix, scope) => words(scope),
  };
}

/** An address: a number, or the block of a session, with an offset: `client.1+12`. */
export type AddressText = { readonly session: string | undefined; readonly offset: number };

export const address: ArgType<AddressText> = {
  name: 'address',
  describe: 'a number, as 0x1000, or a session with an offset, as client.1+12',
  parse: (text): Parsed<AddressText> => {
    const number = /^(?:0[xX][0-9a-fA-F]{1,8}|\d{1,10})$/.test(text);
    if (number) return { value: { session: undefined, offset: Number(text) } };
    const parts = /^([A-Za-z_][\w./-]*)(?:\+(0[xX][0-9a-fA-F]{1,8}|\d{1,10}))?$/.exec(text);
    if (parts === null) return fault(`"${text}" is no address`, 'a number, as 0x1000, or client.1+12');
    return { value: { session: parts[1]!, offset: Number(parts[2] ?? 0) } };
  },
  complete: (_prefix, scope) => scope.names('session'),
};

/** A node or an application. */
export const nodeOrApp: ArgType<{ readonly kind: 'node' | 'app'; readonly name: string }> = {
  name: 'node|app',
  describe: 'a node or an application',
  parse: (text, scope) => {
    if (scope.has('app', text)) return { value: { kind: 'app', name: text } };
    if (scope.has('node', text)) return { value: { kind: 'node', name: text } };
    const names = [...scope.names('node'), ...scope.names('app')];
    return fault(`there is no node or application "${text}"`, listed(names), text, names);
  },
  complete: (_prefix, scope) => [...scope.names('node'), ...scope.names('app')],
};
