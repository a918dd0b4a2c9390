import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { expectRestored, paused, started } from './support/scenarioScreen.js';
import { killScreens, MAIN, startScreen } from './support/terminal.js';

afterEach(killScreens);

/** Options that make Node.js run code in the middle of the program, when a signal comes. */
function onSignal(code: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'rmc-emu-planted-')), 'planted.cjs');
  writeFileSync(file, `process.on('SIGUSR2', () => { ${code} });`);
  return `--require ${file}`;
}

function isThere(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process is stopped, as by Ctrl-Z. */
function isStopped(processId: number): boolean {
  const state = `/proc/${processId}/stat`;
  if (existsSync(state)) return / [Tt] /.test(readFileSync(state, 'utf8'));
  return execFileSync('ps', ['-o', 'state=', '-p', String(processId)], { encoding: 'utf8' }).startsWith('T');
}

describe('the terminal is given back', () => {
  test('q and Ctrl-C quit with 0 and give the terminal back', async () => {
    for (const key of ['q', '\x03']) {
      const screen = await paused();
      screen.send(key);
      expect(await screen.exited()).toBe(0);
      expectRestored(screen);
    }
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ])('%s gives the terminal back and ends with %i', async (name, status) => {
    // Paused, with an open prompt, and in the middle of a run.
    for (const keys of ['', ':power', ' ']) {
      const screen = await paused();
      await screen.answer(keys);
      screen.signal(name);
      expect(await screen.exited()).toBe(status);
      expectRestored(screen);
    }
  });

  // What is killed is npm: it hands SIGTERM on to what it has started, and SIGHUP not.
  test.each(['TERM', 'HUP'])('npm start: kill -%s of npm gives the terminal back', async (name) => {
    const script = 'npm start </dev/tty & echo "npm is $!."; wait $!; echo "status $?."; sleep 60';
    const screen = startScreen(['-c', script], { program: '/bin/sh' });
    await screen.shows(/RUN[\s\S]*Space run/);
    const npm = /npm is (\d+)\./.exec(screen.written)?.[1];
    process.kill(Number(npm), `SIG${name}`);
    await screen.until(
      () => !screen.alternate && /status \d+\./.test(screen.written),
      'the terminal given back',
    );
    expectRestored(screen);
    if (name === 'TERM') expect(screen.written).toContain('status 143.');
  });

  test('Ctrl-Z gives the terminal back, and the screen comes again on SIGCONT', async () => {
    const screen = await paused();
    const before = screen.text();
    screen.send('\x1a');
    await screen.until(() => !screen.alternate && isStopped(screen.processId), 'the process stopped');
    expectRestored(screen);
    screen.signal('SIGCONT');
    await screen.until(() => screen.alternate && screen.text() === before, 'the screen again');
    expect(screen.mouseMode).not.toBe('none');
    expect(screen.pasteMode).toBe(true);
    screen.send('q');
    expect(await screen.exited()).toBe(0);
  });

  test('Ctrl-Z while the run goes on: what passes meanwhile is not made up for, and it runs on', async () => {
    const screen = await started();
    screen.send('\x1a');
    await screen.until(() => !screen.alternate && isStopped(screen.processId), 'the process stopped');
    // The window changes while nobody looks.
    screen.resize(100, 30);
    screen.signal('SIGCONT');
    await screen.until(() => (screen.lines()[29] ?? '').includes('Space run'), 'the screen at its new size');
    screen.send('q');
    expect(await screen.exited()).toBe(0);
    expectRestored(screen);
  });

  test('in a shell: Ctrl-Z comes back to its prompt, fg to the screen', async () => {
    const screen = startScreen(['-i'], { program: '/bin/sh', environment: { PS1: 'shell> ' } });
    await screen.shows('shell>');
    screen.send(`'${process.execPath}' '${MAIN}' ui --at 1.27s\r`);
    await screen.shows(/PAUSED[\s\S]*Space run/);
    screen.send('\x1a');
    await screen.until(() => !screen.alternate && /shell> $/.test(screen.written), 'the shell');
    expectRestored(screen);
    screen.send('echo typed "again"\r');
    await screen.shows(/^typed again$/m);
    screen.send('fg\r');
    await screen.until(
      () => screen.alternate && screen.text().includes('WHO HAS LEARNED'),
      'the screen again',
    );
    screen.send('q');
    await screen.until(() => !screen.alternate && /shell> $/.test(screen.written), 'the shell');
    screen.send('echo "status" $?\r');
    await screen.shows(/^status 0$/m);
  });

  test('a terminal that goes away ends the program', async () => {
    const screen = await started();
    screen.hangUp();
    await screen.until(() => !isThere(screen.processId), 'the end of the process');
  });
});

describe('what goes wrong inside', () => {
  const crashes = [
    ['an exception', 'throw new Error("planted crash");'],
    ['a rejection that nobody handles', 'Promise.reject(new Error("planted crash"));'],
  ] as const;
  test.each(crashes)('%s gives the terminal back, tells stderr, and ends with 4', async (_, code) => {
    const errors = join(mkdtempSync(join(tmpdir(), 'rmc-emu-crash-')), 'stderr');
    const script = `exec '${process.execPath}' '${MAIN}' 2>'${errors}'`;
    const environment = { NODE_OPTIONS: onSignal(code) };
    const screen = startScreen(['-c', script], { program: '/bin/sh', environment });
    await screen.shows(/RUN[\s\S]*Space run/);
    screen.signal('SIGUSR2');
    expect(await screen.exited()).toBe(4);
    expectRestored(screen);
    expect(readFileSync(errors, 'utf8')).toMatch(/^Error: planted crash\n {4}at /);
    // On the screen that was there before nothing is left.
    expect(screen.text().trim()).toBe('');
  });

  test('on a terminal the error stands on the screen that was there before', async () => {
    const environment = { NODE_OPTIONS: onSignal('throw new Error("planted crash");') };
    const screen = await paused({ environment });
    screen.signal('SIGUSR2');
    expect(await screen.exited()).toBe(4);
    expectRestored(screen);
    expect(screen.text()).toContain('planted crash');
  });

  test('stray console output goes to the log, not across the screen', async () => {
    const screen = await paused({ environment: { NODE_OPTIONS: onSignal('console.warn("a stray line");') } });
    screen.signal('SIGUSR2');
    await screen.shows('a stray line');
    expect(screen.lines().find((row) => row.includes('a stray line'))).toContain('output');
    const text = await screen.answer('');
    expect(screen.text()).toBe(text);
  });
});
