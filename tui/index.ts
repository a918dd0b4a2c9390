export { startUi, type UiOptions } from './startUi.js';
