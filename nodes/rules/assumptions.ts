import type { Rule } from './rule.js';

/** What this emulator assumes where the source text is silent or only hints. */
export const assumptions: readonly Rule[] = [
  {
    number: 'D1',
    text: 'rmc_close closes an OPEN session, rmc_shutdown a LISTEN session with every ACCEPT session under it. The wrong one of them returns RMC_EINVAL, and either of them on an ACCEPT session RMC_ENOTOWNER.',
  },
  {
    number: 'D2',
    text: 'rmc_open, rmc_close, rmc_shutdown and rmc_send return at once, with RMC_INPROGRESS or an error, and open_done, close_done or io_done brings the result; rmc_listen returns RMC_OK. RMC_INPROGRESS never means connected: to a node that is off, rmc_open ends in open_done RMC_ETIMEDOUT.',
  },
  {
    number: 'D3',
    text: 'RMC refers to an OPEN or LISTEN block from the call until close_done, and to an ACCEPT block that the application placed from the return of new_session until close_session with TRUE. Freeing it in between is the memory error free-in-use.',
  },
  {
    number: 'D4',
    text: 'On an SSC rmc_listen with new_session set and close_session NULL returns RMC_EINVAL: nothing could ever release those blocks.',
  },
  {
    number: 'D5',
    text: 'new_session that returns NULL refuses the client: its open ends in RMC_ENOMEM, no ACCEPT session is made, and the LISTEN session goes on.',
  },
  {
    number: 'D6',
    text: 'A block that RMC cannot use (misaligned to 8, outside of the process’s memory, too small, freed, or already holding a live session) is the memory error bad-placement. The client gets RMC_ENOMEM, and nothing is overwritten.',
  },
  {
    number: 'D7',
    text: 'While the server’s process lives, new_session runs once for each ACCEPT session made in a new block, and close_session once for each ACCEPT session that ends, however often frames are lost or repeated.',
  },
  {
    number: 'D8',
    text: 'Reuse, in both releases: when an endpoint that still has an ACCEPT session under a LISTEN session opens that one anew (its client restarted, or its close was lost), close_session runs with FALSE for the old session. The new session then stands in the same block, without new_session, whoever owns the block, under a name of its own.',
  },
  {
    number: 'D9',
    text: 'Every other end of an ACCEPT session in a block that the application placed is TRUE: its client closed or failed, the same endpoint opened under another LISTEN session, or the LISTEN session was shut down.',
  },
  {
    number: 'D10',
    text: 'A callback may call RMC; calls on a session inside its own close_session return RMC_EINVAL, and rmc_close inside abort_session is allowed. A callback that throws crashes its process, and one that never returns hangs it.',
  },
  {
    number: 'D11',
    text: 'Ports belong to the node: a port in use is RMC_EADDRINUSE, and with port 0 RMC picks a free one. An open request for a port on which nobody listens is answered RMC_ECONNREFUSED as long as the node has a living RMC; an EEE’s RMC always answers.',
  },
  {
    number: 'D12',
    text: 'Every frame names both sides in full: node, place, incarnation and local id, and the open number of the session. A frame that does not match is for a session that is not there; an open request that was answered before gets the same answer again without a callback, and an older one is dropped.',
  },
  {
    number: 'D13',
    text: 'What a call returns depends on the session’s state. After open_done with an error the session is FAILED and still has to be closed; that close ends in close_done RMC_OK at once. While CLOSING or CLOSED every call is RMC_EINVAL.',
  },
  {
    number: 'D14',
    text: 'rmc_close first delivers what is queued, then asks the peer to close, and ends in close_done within close_timeout of asking, answered or not; the block may be freed either way. Every IO completes before close_done or close_session, and RMC_ECONNABORTED on an IO does not say whether the message arrived.',
  },
  {
    number: 'D15',
    text: 'In R1.1 each side sends heartbeats that list the sessions it shares with the other. A peer is failed when nothing valid came from it for heartbeat × (heartbeat_misses + 0.5), when it says ABORT for a session, or when a frame shows a newer incarnation of it; R1.0.x has neither frame.',
  },
  {
    number: 'D16',
    text: 'RMC closes an ACCEPT session, and calls close_session, when its client is found failed: in R1.1 by D15, in R1.0.x when the server’s own IO times out or the client opens again (D8). Until then the session stays and holds its block; one whose client was never heard after its open request lives open_timeout (R1.1).',
  },
  {
    number: 'D17',
    text: 'When an OPEN session fails it becomes FAILED, then its pending IOs complete in issue order with RMC_ECONNABORTED (the one that timed out with RMC_ETIMEDOUT), then abort_session runs once, if it is given. An IO that times out fails its session in both releases.',
  },
  {
    number: 'D18',
    text: 'A pair of R1.0.x and R1.1 behaves as its older side. The handshake tells each side the other’s release and heartbeat interval.',
  },
  {
    number: 'D19',
    text: 'On an SSC RMC is a library inside each application’s process, which has memory of its own, and calls are function calls. On an EEE RMC is a process of the node, all processes share one flat memory, and what calls send and bring back takes ipc each way.',
  },
  {
    number: 'D20',
    text: 'An SSC application takes its RMC along, and nobody says goodbye. When an EEE application dies, RMC lives on, closes its sessions and reclaims its ACCEPT blocks; when an EEE’s RMC dies, every session on the node is lost and each application’s own stub tells it. A node takes everything along, silently.',
  },
  {
    number: 'D21',
    text: 'A hang is not a death: the process handles nothing, and what comes for it waits. A hung SSC application’s RMC is silent too, so R1.1 peers find it failed; on an EEE RMC answers for a hung application, so no client is told, and IO stalls once the mailbox is full.',
  },
  {
    number: 'D22',
    text: 'rmc_shutdown of a LISTEN session closes each ACCEPT session under it (D9). R1.1 tells the clients with ABORT; R1.0.x does not.',
  },
  {
    number: 'D23',
    text: 'An IO is one rmc_send of 0 to 1,024 bytes, on an OPEN or an ACCEPT session. io_done RMC_OK says that the message is in the receiving application’s hands or mailbox; otherwise the IO fails within io_timeout of the call.',
  },
  {
    number: 'D24',
    text: 'Delivery is exactly once and in order for as long as the session lives, whatever the bus drops, repeats, reorders, delays or corrupts.',
  },
  {
    number: 'D25',
    text: 'With delivery=ordered nothing is sent again: messages are handed up in order, and a hole is given up once more than gap_tolerance messages wait behind it or it is older than gap_timeout. What comes after that is dropped and counted, and what waits is handed up when the session closes.',
  },
  {
    number: 'D26',
    text: 'At most window messages are in flight in a direction, and send_queue messages wait. Past that rmc_send returns RMC_EAGAIN, nothing is lost, and writable says when to go on.',
  },
  {
    number: 'D27',
    text: 'A session block has 128 bytes, little-endian and 8-aligned, in emulated memory, and RMC writes every change through to it at once. RMC knows a session by what it reads there: if that is not what it wrote, it is the memory error corrupted, and the session fails.',
  },
  {
    number: 'D28',
    text: 'Every block has an address, a size, an owner and the events that made and freed it. Wrong frees, use after free, bad placement, leaks and sessions that were never closed are memory errors; a process that crashes takes its memory with it, so that is no leak.',
  },
  {
    number: 'D29',
    text: 'A node’s policy says what a wrong use of memory leads to. report: it is recorded and a wrong free is not carried out; trap: the process crashes; hardware: it is carried out, and damage follows as on the target.',
  },
  {
    number: 'D30',
    text: 'When an application is told of a failure, the event learned says which application learned about which node or process, how, by which rule, and how long after it happened.',
  },
];
