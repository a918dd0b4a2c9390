/** Thrown out of an application's call when its process ended in it (exit, or trap): nothing after the call runs. */
export class ProcessEnded extends Error {
  constructor() {
    super('the process has ended');
  }
}
