import { expect, test } from 'vitest';
import { FakeSource } from './support/fakeSource.js';
import { appOn, press, rowsOf } from './support/pressing.js';

test('a key that does nothing says so, once, and hides no error', () => {
  const app = appOn(new FakeSource());
  const row = (): string => rowsOf(app).at(-2) ?? '';
  press(app, 'X');
  expect(row()).toBe(':X does nothing; ? shows the keys');
  press(app, 'X', 'delete');
  expect(row()).toBe(':delete does nothing; ? shows the keys');
  press(app, '\x1c');
  expect(row()).toBe(':this key does nothing; ? shows the keys');
  press(app, '.', 'down');
  expect(row()).toMatch(/^:step/);
  app.state.message = { text: 'something is wrong', bad: true };
  press(app, 'X');
  expect(row()).toBe(':something is wrong');
});
