import { describe, expect, test } from 'vitest';
import { momentOf, Story } from '../../tui/reading/story.js';
import { FakeSource } from './support/fakeSource.js';
import { event, failoverView, ledgerRow } from './support/fixtures.js';

/** The shortest form of what is said of an event. */
function said(name: string, fields: Record<string, string | number>): string {
  return (
    momentOf(event(1, 5, name, fields))
      ?.caption(failoverView)
      .at(-1) ?? ''
  );
}

describe('captions', () => {
  test('D20 the RMC process of an EEE that was killed is not its node', () => {
    expect(said('process_exit', { node: 'eee0', process: 'eee0.rmc', reason: 'kill' })).toBe(
      'The RMC process of eee0 was killed; eee0 is still on. Who will learn of it, and how?',
    );
    expect(said('process_exit', { node: 'eee0', app: 'server', process: 'server', reason: 'crash' })).toMatch(
      /^server has crashed; eee0 is still on/,
    );
    expect(said('process_hang', { node: 'eee0', process: 'eee0.rmc' })).toMatch(
      /^The RMC process of eee0 hangs/,
    );
    expect(said('process_exit', { node: 'eee0', process: 'eee0.rmc', reason: 'power' })).toBe('');
  });

  test('S13 with the power of an EEE the blocks go that RMC placed', () => {
    expect(said('node_down', { node: 'eee0' })).toContain("RMC's blocks with it");
    expect(said('node_down', { node: 'ssc1' })).not.toContain('RMC');
  });

  test('S7 a block that new_session gave is the application’s, and NULL is no block', () => {
    expect(said('new_session', { app: 'standby', address: 64 })).toContain('standby must free it (S7)');
    expect(said('new_session', { app: 'standby' })).toContain('no session');
  });

  test('S20 who was told, how and when, and who was not; everybody told is nobody left', () => {
    const learned = { app: 'client', about: 'eee0', how: 'abort_session', rule: 'S20', after_us: 330_000 };
    const moment = momentOf(event(1, 5, 'learned', learned));
    expect(moment?.caption(failoverView)[0]).toBe(
      'client is told by abort_session, 330 ms after eee0 died (S20). Not told: old.',
    );
    const all = { about: 'eee0', what: 'process_hang', event: 1, sinceUs: 0, rows: [ledgerRow('client')] };
    expect(moment?.caption({ ...failoverView, ledger: [all] })).toEqual([
      'client is told by abort_session, 330 ms after eee0 hung (S20).',
    ]);
  });

  test('D15 what was learned of a node may have been one application of it', () => {
    const learned = { app: 'client', about: 'ssc1', how: 'abort_session', rule: 'S20', after_us: 330_000 };
    const rows = [ledgerRow('client'), ledgerRow('old', { told: false })];
    const hung = { about: 'standby on ssc1', what: 'process_hang', event: 1, sinceUs: 0, rows };
    const forms = momentOf(event(1, 5, 'learned', learned))?.caption({ ...failoverView, ledger: [hung] });
    expect(forms?.[0]).toContain('330 ms after standby on ssc1 hung (S20). Not told: old.');
  });

  test('every caption of the scenario has a form that fits 80 columns', () => {
    const events: [string, Record<string, string | number>][] = [
      ['node_down', { node: 'eee0' }],
      ['new_session', { app: 'standby', address: 64 }],
      ['learned', { app: 'client', about: 'eee0', how: 'abort_session', rule: 'S20', after_us: 300_100 }],
    ];
    for (const [name, fields] of events) expect(said(name, fields).length, name).toBeLessThanOrEqual(77);
  });
});

describe('story', () => {
  test('stops where a block is placed after a failure, not before one', () => {
    const placed = { app: 'standby', address: 64 };
    expect(momentOf(event(1, 5, 'new_session', placed))?.stop).toBe(false);
    const events = [
      event(1, 5, 'new_session', placed),
      event(2, 6, 'process_hang', { app: 'server', node: 'ssc3' }),
      event(3, 7, 'new_session', placed),
    ];
    const source = new FakeSource(failoverView, events, 1);
    const story = new Story();
    expect(story.sync(source)).toBeUndefined();
    source.count = 2;
    expect(story.sync(source)?.number).toBe(2);
    source.count = 3;
    expect(story.sync(source)?.number).toBe(3);
    source.count = 1;
    expect(story.sync(source)).toBeUndefined();
    expect(story.latest?.number).toBe(1);
  });

  test('a close_session with TRUE from which a failure is learned is one thing to say', () => {
    const events = [
      event(1, 5, 'close_session', { app: 'standby', session: 'standby/1', rmc_free_session: 'TRUE' }),
      event(2, 5, 'learned', {
        app: 'standby',
        about: 'ssc0',
        how: 'close_session',
        rule: 'D16',
        after_us: 350_100,
      }),
    ];
    const story = new Story();
    story.sync(new FakeSource(failoverView, events));
    const forms = story.latest?.caption(failoverView) ?? [];
    for (const form of forms) expect(form).toContain('TRUE: it frees its block');
    expect(forms.at(-1)?.length).toBeLessThanOrEqual(77);
  });

  test('knows the last change of a session’s state, also after going back', () => {
    const change = (number: number) =>
      event(number, number, 'session_state', { session: 'a', state: 'OPEN' });
    const source = new FakeSource(failoverView, [change(1), change(2), change(3)]);
    const story = new Story();
    story.sync(source);
    expect([story.lastChange('a'), story.lastChange('b')]).toEqual([3, 0]);
    source.count = 2;
    story.sync(source);
    expect(story.lastChange('a')).toBe(2);
  });
});
