// Runs drills with one planted bug in the program (the argument, as JSON) until one fails; prints a line for each.
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { root, right, wrong, drills } = JSON.parse(process.argv[2]);
const inDist = (path) => pathToFileURL(join(root, 'dist', path)).href;
if (wrong !== '') register('./hooks.js', import.meta.url, { data: { right: inDist(right), wrong } });

const { createEmulator, language } = await import(inDist('index.js'));
const { runDrill } = await import(inDist('emulator/index.js'));
const { readDrill } = await import(inDist('cli/drill/engine.js'));
const words = language();

function failureOf({ file, defines }) {
  const read = readDrill(join(root, file), new Map(defines));
  if ('problems' in read) return read.problems[0].message;
  try {
    const { failures } = runDrill(createEmulator({ log: 'counted' }).world, read.drill, words);
    return failures.length === 0 ? '' : `${failures[0].line}: ${failures[0].message}`;
  } catch (error) {
    return String(error);
  }
}

for (const drill of drills) {
  process.stdout.write(`${JSON.stringify({ begun: drill.title })}\n`);
  const failure = failureOf(drill);
  if (failure === '') continue;
  process.stdout.write(`${JSON.stringify({ caught: drill.title, failure })}\n`);
  break;
}
