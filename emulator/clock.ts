/** Virtual time: one plain object that the parts of a world share. `nowUs` is a safe integer of microseconds. */
export interface Clock {
  nowUs: number;
}
