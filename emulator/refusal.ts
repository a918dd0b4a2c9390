/**
 * The world refuses a command as things stand ("eee0 is off already"); the message is for a person. Thrown by the
 * code of commands only, never for what a peer, the bus or an application did. A drill that meets it ends with exit
 * status 1.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
}
