import { type NodeKind, nodeKinds, settingDeclarations, spanText } from '../../nodes/index.js';
import { code, markdownTable, page } from './markdown.js';
import { clientCases, doings, drillOf, type Happening, happenings, WHEN_FOLDER } from './whenCases.js';
import { type Observed, type Run, runOf, type Telling } from './whenRuns.js';

const INTRODUCTION = [
  '# When the client knew',
  '',
  'A client and its server are applications on two nodes that talk through **RMC**, which keeps the session between them.',
  'When something at the server’s end dies or hangs, is the client’s application told, by what, and how long after?',
  '',
  'What to look at:',
  '',
  '- **Idle or not.** An idle client of R1.0.x is never told: in that release only an IO that fails tells anybody',
  '  ([S17](rules.md#s17)). R1.1 with `abort_session` is told all the same ([S20](rules.md#s20)).',
  '- **What can still speak.** On an **SSC** RMC is a library in the application’s process and dies with it: R1.1 finds',
  '  out when heartbeats are missed. On an **EEE** RMC is a process of its own, outlives the application, and says so at',
  '  once ([D20](rules.md#d20)).',
  '- **Dead or hung.** A hung SSC looks dead to its clients. A hung application on an EEE looks alive, because RMC goes on',
  '  answering for it: nobody is told ([D21](rules.md#d21)), until its mailbox is full',
  '  ([hang-eee.drill](../drills/failures/hang-eee.drill)).',
  '- **Who knows.** R1.1 without `abort_session`: RMC at the client’s end knows, and has no way to say so before the',
  '  application calls it ([S21](rules.md#s21)).',
];

/** docs/when.md: made by running the drills in `drillsFolder`. */
export function whenPage(drillsFolder: string): string {
  const cases = casesIn(drillsFolder);
  return page(
    ...INTRODUCTION,
    '',
    '## A minute of waiting',
    '',
    'A client is **idle**, or has an **IO pending**: one `rmc_send` whose acknowledgement has not come when it happens. Each',
    'cell says after how long the application was told, by what, and by which rule; **not told** means that nothing told it',
    'for a minute; left alone, it never would be told.',
    '',
    ...markdownTable(
      [...CASE_COLUMNS, 'what RMC of R1.1 notices', ...clientColumns()],
      cases.map(waitingRow),
    ),
    '',
    ...timesNote(),
    '',
    '## Then the idle client sends something',
    '',
    'The same clients, that were idle for that minute. Without `abort_session` the next `rmc_send` is what tells them: in R1.0.x',
    'when it times out, in R1.1 at once.',
    '',
    ...markdownTable([...CASE_COLUMNS, ...clientCases.map(({ title }) => title)], cases.map(lateRow)),
    '',
    '## Watch it',
    '',
    'Each row is a drill with these six clients, all at work at the same time. In the terminal UI the pane “who has learned”',
    'fills as they are told; `learned` at the prompt says the same in words.',
    '',
    '```',
    ...watchLines(cases),
    '```',
  );
}

interface Case {
  readonly happening: Happening;
  readonly kind: NodeKind;
  /** Undefined where a node of the kind has no such thing. */
  readonly run: Run | undefined;
}

const casesIn = (drillsFolder: string): readonly Case[] =>
  happenings.flatMap((happening) =>
    nodeKinds.map((kind) => ({ happening, kind, run: runOf(drillsFolder, happening, kind) })),
  );

const CASE_COLUMNS = ['what happens', 'server on an'];

const clientColumns = (): readonly string[] =>
  clientCases.flatMap(({ title }) => doings.map((doing) => `${title}, ${doing.title}`));

/** Cells for a kind of node that has no such thing: one says why. */
const noSuchCase = (kind: NodeKind, columns: number): readonly string[] => [
  `an ${kind.title} has no RMC process of its own ${rulesText(['D19'])}`,
  ...Array.from({ length: columns - 1 }, () => '–'),
];

function caseCells({ happening, kind }: Case): readonly string[] {
  const drill = drillOf(happening, kind);
  const title = drill === undefined ? happening.title : `[${happening.title}](${drillPath(drill)})`;
  return [title, kind.title];
}

const drillPath = (drill: string): string => `../drills/${WHEN_FOLDER}/${drill}.drill`;

function waitingRow(one: Case): readonly string[] {
  const { kind, run } = one;
  const clients = clientCases.flatMap(({ app }) => doings.map((doing) => [app, doing.app] as const));
  const cells =
    run === undefined
      ? noSuchCase(kind, clients.length + 1)
      : [noticed(run), ...clients.map(([app, doing]) => waitingCell(run(`${app}-${doing}`), doing))];
  return [...caseCells(one), ...cells];
}

/** What the client's RMC sees, in a pair of R1.1; it is the same for all of its sessions. */
function noticed(run: Run): string {
  const { tellings, why, rules } = run('told-idle');
  const text = why.replace(/ \([SD]\d+\)$/, '');
  return tellings.length === 0
    ? `nothing: ${text} ${rulesText(rules)}`
    : `${text} ${rulesText(rules.filter((rule) => rule.startsWith('D')))}`;
}

function waitingCell(observed: Observed, doing: string): string {
  const { tellings, rules } = observed;
  const [first] = tellings;
  if (first === undefined)
    return doing === 'busy' ? untoldByIo(observed) : `**not told** ${rulesText(rules)}`;
  const ways = tellings.map((one) => `${wayText(one)} ${rulesText([one.rule])}`);
  return `**${spanText(first.afterUs)}**: ${ways.join(', then ')}`;
}

/** Its IO ended, and told it nothing. */
const untoldByIo = ({ ioStatus, rules }: Observed): string =>
  `**not told**: \`io_done\` says \`${ioStatus}\` ${rulesText(rules)}`;

const WAYS: Readonly<Record<string, string>> = {
  abort_session: '`abort_session`',
  io: 'the IO fails',
  send: '`rmc_send` is refused',
};

const wayText = ({ how }: Telling): string => WAYS[how] ?? code(how);

function lateRow(one: Case): readonly string[] {
  const { kind, run } = one;
  const cells =
    run === undefined
      ? noSuchCase(kind, clientCases.length)
      : clientCases.map(({ app }) => lateCell(run(`${app}-idle`)));
  return [...caseCells(one), ...cells];
}

function lateCell(observed: Observed): string {
  const { tellings, late } = observed;
  if (tellings.length > 0) return 'was told before';
  if (late === undefined) return untoldByIo(observed);
  const after = late.afterUs === 0 ? '**at once**' : `**${spanText(late.afterUs)}** later`;
  return `${after}: ${wayText(late)} ${rulesText([late.rule])}`;
}

const rulesText = (rules: readonly string[]): string =>
  rules.map((rule) => `[${rule}](rules.md#${rule.toLowerCase()})`).join(' ');

const initialOf = (name: string): number =>
  settingDeclarations.find((one) => one.name === name)?.initial ?? 0;

/** From where the times come, and what bounds them. */
function timesNote(): readonly string[] {
  const heartbeatUs = initialOf('heartbeat');
  const latest = spanText(heartbeatUs * (initialOf('heartbeat_misses') + 1));
  return [
    'The times are those of one run, with the [timers](reference.md#timers-and-limits-of-a-node) as they are unless set: a',
    `heartbeat every ${spanText(heartbeatUs)}, with the failure in the middle between two; ${spanText(initialOf('io_timeout'))} until an IO times out; an RMC process that`,
    `is started again ${spanText(initialOf('rmc_restart'))} after its death; and a bus latency of 100 us. Silence tells after ${latest} and one latency at`,
    'the latest ([D15](rules.md#d15)), and a pending IO fails as soon as RMC finds out ([D17](rules.md#d17)). The server is of R1.1;',
    'a pair of both releases behaves as its older side ([D18](rules.md#d18)).',
  ];
}

/** A drill that serves both models has to be told which kind is meant; it makes the library’s unless told. */
const watchLines = (cases: readonly Case[]): readonly string[] =>
  cases.flatMap(({ happening, kind }) => {
    const drill = drillOf(happening, kind);
    if (drill === undefined) return [];
    const define =
      kind.rmcIsProcess && happening.inApplication === drill ? ` --define kind=${kind.name}` : '';
    return [`rmc-emu ui drills/${WHEN_FOLDER}/${drill}.drill${define}`];
  });
