import type { CommandDeclaration } from '../monitor/command.js';
import { branch, branches, diff } from './branching.js';
import { expect, expectNo, expectOrder } from './expect.js';
import { clear, inject } from './inject.js';
import { cut, heal, isolate, link } from './links.js';
import { digest, events, frames, help, save } from './looking.js';
import { back, forward, goOn, goto, gotoLast, run, runUntil, step } from './running.js';
import { defaultValue, end, include, repeat } from './text.js';
import { why } from './why.js';

/** The commands that every world has, in the order of the reference. */
export const emulatorCommands: readonly CommandDeclaration[] = [
  link,
  cut,
  isolate,
  heal,
  inject,
  clear,
  run,
  runUntil,
  step,
  goOn,
  back,
  forward,
  goto,
  gotoLast,
  branches,
  branch,
  diff,
  why,
  events,
  frames,
  digest,
  help,
  save,
  expect,
  expectNo,
  expectOrder,
  include,
  repeat,
  end,
  defaultValue,
];
