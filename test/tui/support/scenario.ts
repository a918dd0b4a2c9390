import { join } from 'node:path';
import { readDrill } from '../../../cli/drill/engine.js';
import { newTimeline } from '../../../cli/session.js';
import type { UiApp } from '../../../tui/app.js';
import { TimelineSource } from '../../../tui/run/timelineSource.js';
import { textOf } from '../../../tui/text/line.js';
import { repository } from '../../support/drillBook.js';

/** A real run for the UI: of a drill of the library, or of an empty world. */
export function sourceOf(file?: string): TimelineSource {
  const read = file === undefined ? undefined : readDrill(join(repository, 'drills', file), new Map());
  if (read !== undefined && 'problems' in read) throw new Error(`${file} is wrong`);
  const timeline = newTimeline(read, { seed: 1, isPaced: true });
  return new TimelineSource({ timeline }, (text) => timeline.command(text), file ?? 'none');
}

/** What the screen shows, without its colours. */
export function screenOf(app: UiApp): string {
  const { lines } = app.frame();
  return lines.map((row) => textOf(row).trimEnd()).join('\n');
}
