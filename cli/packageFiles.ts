import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder: cli/ lies in it, or in its dist/. */
function packageFolder(): string {
  const above = dirname(dirname(fileURLToPath(import.meta.url)));
  return existsSync(join(above, 'package.json')) ? above : dirname(above);
}

/** The version of the package. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : 'unknown';
}

/** The scenario that is shown when no drill is named. */
export const builtInDrill = (): string => join(packageFolder(), 'drills', 'failover.drill');
