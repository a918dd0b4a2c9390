import { Refused, type World } from '../../emulator/index.js';
import type { AppApi } from '../app/application.js';
import { ConsoleApplication } from '../console/console.js';
import { type Fabric, fabricOf } from '../fabric.js';
import type { AppRecord, SessionRecord } from '../records.js';

/** An operator's command carried out by an application: now, or when its slow callback returns. */
export function operate(
  world: World,
  app: AppRecord,
  act: (api: AppApi, console: ConsoleApplication, fabric: Fabric) => void,
): void {
  const fabric = fabricOf(world);
  const application = fabric.applications[app.index];
  if (!(application instanceof ConsoleApplication)) {
    throw new Refused(`${app.name} is a program of its own: it takes no commands`);
  }
  if (!fabric.isAlive(app)) throw new Refused(`${app.name} is not running`);
  if (world.processes.get(app.process).state === 'hung')
    throw new Refused(`${app.name} hangs: it takes no commands (D21)`);
  fabric.entries.whenFree(app, () => act(fabric.apiOf(app), application, fabric));
}

/** The newest session of that name, or a refusal. */
export function sessionNamed(world: World, name: string): SessionRecord {
  const record = fabricOf(world).sessionNamed(name);
  if (record === undefined) throw new Refused(`there is no session ${name} (yet)`);
  return record;
}

/** The application that holds a session; its process must be the one that made it. */
export function holderOf(world: World, record: SessionRecord): AppRecord {
  const app = fabricOf(world).app(record.app);
  if (app.process !== record.process)
    throw new Refused(`${record.name} was of a process of ${app.name} that is gone (D20)`);
  return app;
}

/** As `operate`, by the application that holds the session of that name. */
export function operateSession(
  world: World,
  name: string,
  act: (api: AppApi, record: SessionRecord, console: ConsoleApplication) => void,
): void {
  const record = sessionNamed(world, name);
  operate(world, holderOf(world, record), (api, console) => act(api, record, console));
}

/** Refuses a name that a living session has. */
export function mustBeFree(world: World, name: string | undefined): void {
  if (name !== undefined && !fabricOf(world).nameIsFree(name)) {
    throw new Refused(`there is a session ${name} already, and it is not over`);
  }
}
