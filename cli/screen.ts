import { basename } from 'node:path';
import { loadSettings, settingsPath, startUi } from '../tui/index.js';
import type { GivenOptions } from './commandLine.js';
import type { ReadDrill } from './drill/engine.js';
import { type ExitStatus, FAILED, PASSED, STOPPED, UsageError } from './exitStatus.js';
import { newTimeline } from './session.js';
import { goTo, startAtOf } from './startAt.js';

/** Shows a drill on the terminal until the person quits. The status says whether it has failed as far as it was shown. */
export async function showScreen(
  read: ReadDrill,
  seed: number,
  isBuiltIn: boolean,
  options: GivenOptions,
): Promise<ExitStatus> {
  const timeline = newTimeline(read, { seed, isPaced: true });
  const at = startAtOf(options);
  if (at !== undefined) goTo(timeline, at);
  const found = loadSettings(settingsPath(process.env));
  if ('problem' in found) throw new UsageError(found.problem);
  const color = options.flag('color');
  const mouse = options.flag('mouse');
  const status = await startUi({
    timeline,
    line: (text) => timeline.command(text),
    fileName: basename(read.file),
    // Who asks for a moment wants to look at that one.
    isBuiltIn: isBuiltIn && at === undefined,
    settings: found.settings,
    // The option is on by itself: only --no-mouse says something.
    ...(mouse === false ? { mouse } : {}),
    ...(color === undefined ? {} : { color }),
  });
  if (status !== 0 || timeline.limit !== undefined) return STOPPED;
  return timeline.failures.length > 0 ? FAILED : PASSED;
}
