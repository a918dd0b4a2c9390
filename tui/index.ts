export { keyMap } from './control/keys.js';
export { paneIds } from './layout.js';
export { legend } from './panes/help.js';
export { paneWords } from './panes/paneWords.js';
export { loadSettings, type Settings, settingKeys, settingsPath } from './settings.js';
export { startUi, type UiOptions } from './startUi.js';
