import type { Command } from 'commander'
import { migrateAll, withOwnDatabase } from '../database/own-database.ts'

/** `cairn migrate`: brings a database to this version. Serving processes may run meanwhile only if the notes say so. */
export function define(command: Command): void {
  command.option('--json', 'for programs').action(async ({ json }: { json?: boolean }) => {
    const ran = await withOwnDatabase(migrateAll)
    if (json) process.stdout.write(`${JSON.stringify({ migrated: ran })}\n`)
    else process.stdout.write(ran.length ? `${ran.map((name) => `${name}\n`).join('')}` : 'Nothing to do.\n')
  })
}
