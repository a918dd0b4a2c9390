#!/usr/bin/env node
import { processHost } from './host.js';
import { runProgram } from './program.js';

const status = await runProgram(process.argv.slice(2), processHost());
// An output that could not be written has set it already.
process.exitCode = Math.max(status, Number(process.exitCode ?? 0));
