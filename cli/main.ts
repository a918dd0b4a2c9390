#!/usr/bin/env node
import { processHost } from './host.js';
import { runProgram } from './program.js';

process.exitCode = await runProgram(process.argv.slice(2), processHost());
