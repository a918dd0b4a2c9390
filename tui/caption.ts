import type { WorldView } from '../nodes/index.js';
import type { Caption, Story } from './reading/story.js';
import type { UiSource } from './run/source.js';
import type { ScreenContent } from './screen.js';

/** What the line under the status says: that the drill has failed stays there. */
export function captionOf(
  source: UiSource,
  story: Story,
  view: WorldView,
  { intro, urgent }: { readonly intro: Caption; readonly urgent: boolean },
): ScreenContent['caption'] {
  const { failure, nowUs } = source.status();
  if (failure !== '') return { forms: [`FAILED: ${failure}`], urgent: true };
  const moment = story.latest;
  if (moment === undefined) {
    return {
      forms: nowUs === 0 ? intro : ['Nothing has failed so far. t: a tour of one minute.'],
      urgent: false,
    };
  }
  return { forms: moment.caption(view), urgent };
}
