// The statuses of RMC (rmc.md §6): one registry from which the names, the meanings and the page on them come.

/** Statuses by name: small integers, 0 is success. They travel in OPEN_NAK frames as one byte. */
export const Status = {
  RMC_OK: 0,
  RMC_INPROGRESS: 1,
  RMC_EINVAL: 2,
  RMC_ENOTOWNER: 3,
  RMC_EADDRINUSE: 4,
  RMC_ECONNREFUSED: 5,
  RMC_ENOMEM: 6,
  RMC_EAGAIN: 7,
  RMC_EMSGSIZE: 8,
  RMC_ETIMEDOUT: 9,
  RMC_ECONNABORTED: 10,
  RMC_ENOTCONN: 11,
} as const;

/** The name of a status, as drills and events spell it. */
export type StatusName = keyof typeof Status;

/** A status as a number. */
export type StatusCode = (typeof Status)[StatusName];

/** One row of the registry. `definite`: true when the status says for sure that the thing did or did not happen. */
export interface StatusEntry {
  readonly code: StatusCode;
  readonly name: StatusName;
  readonly meaning: string;
  readonly definite: boolean;
}

function entry(name: StatusName, definite: boolean, meaning: string): StatusEntry {
  return { code: Status[name], name, meaning, definite };
}

/** Every status, by rising code. */
export const statuses: readonly StatusEntry[] = [
  entry('RMC_OK', true, 'Done.'),
  entry('RMC_INPROGRESS', false, 'Taken up; a completion brings the result (D2). It never means connected.'),
  entry('RMC_EINVAL', true, 'Wrong call or wrong argument for this session in this state (D1, D13).'),
  entry(
    'RMC_ENOTOWNER',
    true,
    'The session is managed by RMC: an ACCEPT session is not closed by a call (D1).',
  ),
  entry('RMC_EADDRINUSE', true, 'The port is in use on this node (D11).'),
  entry('RMC_ECONNREFUSED', true, 'Nobody listens on that port (D11).'),
  entry('RMC_ENOMEM', true, 'No memory for the session, or new_session gave none that can be used (D5, D6).'),
  entry('RMC_EAGAIN', true, 'The send queue is full; `writable` says when to go on (D26).'),
  entry('RMC_EMSGSIZE', true, 'A message has at most 1,024 bytes (D23).'),
  entry('RMC_ETIMEDOUT', false, 'No answer in time; the message or the close may have arrived all the same.'),
  entry(
    'RMC_ECONNABORTED',
    false,
    'The session failed or ended; on an IO: the message may have arrived (D14).',
  ),
  entry('RMC_ENOTCONN', true, 'Not connected: still opening, or there is no RMC to ask (D13, D20).'),
];

/** The name of a status; a number that is none gives `RMC_EINVAL`. */
export function statusName(code: number): StatusName {
  return statuses[code]?.name ?? 'RMC_EINVAL';
}
