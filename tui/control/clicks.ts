import type { Play } from '../run/play.js';
import type { Thing } from '../text/thing.js';
import { act, moveContext } from './acts.js';
import { markedKey, selectWitness } from './ledgerLook.js';
import { selectBlock } from './memoryLook.js';
import { openFaults } from './menus.js';
import { showEvent } from './navigation.js';
import { selectEvent, selectNode, selectSession } from './selection.js';
import { sortBy } from './switches.js';

/** Selects what was clicked on, as the keys would. */
function select(play: Play, thing: Thing): void {
  const { state, view, source } = play;
  switch (thing.kind) {
    case 'node':
      selectNode(state, view, thing.name);
      break;
    case 'session':
      selectSession(state, view, thing.name);
      break;
    case 'column':
      sortBy(state, thing.key);
      break;
    case 'witness':
      selectWitness(state, moveContext(play), thing.key);
      break;
    case 'block':
      selectBlock(state, { source, view }, thing);
      break;
    case 'event':
      selectEvent(state, view, source.event(thing.number));
      showEvent(state, moveContext(play), thing.number);
      break;
  }
}

function isSelected({ state, view }: Play, thing: Thing): boolean {
  switch (thing.kind) {
    case 'node':
      return view.nodes[state.selectedNode]?.name === thing.name;
    case 'session':
      return state.selectedSession === thing.name;
    case 'column':
      return false;
    case 'witness':
      return markedKey(state, view) === thing.key;
    case 'block':
      return state.selectedBlock?.space === thing.space && state.selectedBlock.address === thing.address;
    case 'event':
      return state.selectedEvent === thing.number;
  }
}

/**
 * A click on something selects it; on what is selected in a pane that had the focus it opens it, as Enter does: of a
 * node, and of what is on the bus, the faults. How fast the second click comes does not matter.
 */
export function clickOn(play: Play, thing: Thing, hadFocus: boolean): void {
  const { focus } = play.state;
  if (!hadFocus || !isSelected(play, thing)) select(play, thing);
  else if (focus === 'nodes' || focus === 'bus') openFaults(play);
  else act(play, 'open', 'enter');
}

/** A click with the right button selects, and opens the faults of the node that it is of. */
export function rightClickOn(play: Play, thing: Thing): void {
  if (thing.kind === 'column') return;
  select(play, thing);
  openFaults(play);
}
