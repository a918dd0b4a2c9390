export { loadSettings, type Settings, settingsPath } from './settings.js';
export { startUi, type UiOptions } from './startUi.js';
