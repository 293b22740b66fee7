import { Command, CommanderError } from 'commander'
import { CannotStart } from './database/cannot-start.ts'

/** Problem with what the user gave: exit status 2 and one line that says what and where. */
export class UnusableInput extends Error {}

/** The commands, loaded only when asked for, so that `cairn check` never waits for a database driver. */
const commands: Record<
  string,
  { says: string; load: () => Promise<{ define: (command: Command) => void }> }
> = {
  start: {
    says: 'serve the pages and do the background work',
    load: () => import('./commands/start.ts'),
  },
  account: {
    says: 'who may sign in: add, list, end, reset, role, team',
    load: () => import('./commands/account.ts'),
  },
  audit: {
    says: 'prove the trail of readings: verify',
    load: () => import('./commands/audit.ts'),
  },
  documents: {
    says: 'check that every document can be opened: check',
    load: () => import('./commands/documents.ts'),
  },
  demo: { says: 'fill an empty evaluation with invented families', load: () => import('./commands/demo.ts') },
  notice: {
    says: 'print the privacy notice; --check whether it says what is done',
    load: () => import('./commands/notice.ts'),
  },
  migrate: { says: 'bring a database to this version', load: () => import('./commands/migrate.ts') },
  import: {
    says: 'read a return or a file of people into the record',
    load: () => import('./commands/import.ts'),
  },
  return: {
    says: 'write a statutory return from the record',
    load: () => import('./commands/return.ts'),
  },
  backup: {
    says: 'write the whole database into one encrypted file',
    load: () => import('./commands/backup.ts'),
  },
  restore: { says: 'fill a new database with a backup', load: () => import('./commands/restore.ts') },
  provision: {
    says: 'make the four roles and the database of an authority',
    load: () => import('./commands/provision.ts'),
  },
  check: {
    says: 'check a statutory return by the rules of the DfE',
    load: () => import('./commands/check.ts'),
  },
}

/**
 * Runs one command line.
 * @param args what stands after `cairn`
 * @returns the exit status: 0 done, 1 findings, 2 input that cannot be used
 */
export async function run(args: string[]): Promise<number> {
  const program = new Command('cairn')
    .exitOverride()
    // What stands behind the name of a command is the command’s.
    .enablePositionalOptions()
    .description('The record of a children’s social care service')
  let status = 0
  program.hook('postAction', (_, action) => {
    status = (action as Command & { status?: number }).status ?? 0
  })
  const wanted = args.find((arg) => !arg.startsWith('-'))
  for (const [name, { says, load }] of Object.entries(commands)) {
    const command = program.command(name).description(says)
    if (name === wanted) (await load()).define(command)
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof UnusableInput || error instanceof CannotStart) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    throw error
  }
}
