import type { Command } from 'commander'
import {
  endAccount,
  type ListedAccount,
  listAccounts,
  makeAccount,
  makeTeam,
  resetAccount,
  rolesThereAre,
  setRole,
  teamCalled,
} from '../access/accounts.ts'
import { firstPassword } from '../access/password.ts'
import { UnusableInput } from '../cli.ts'
import type { Connection } from '../database/connection.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Wishes {
  json?: boolean
  name: string
  jobTitle?: string
  role?: string[]
  team?: string[]
  until?: string
  parent?: string
}

const several = (value: string, before: string[] = []) => [...before, value]

/**
 * `cairn account …`: who may sign in, for whoever runs the server. It works as the role for background work, and every
 * step is on the trail. Passwords are made here and printed once; at their first sign-in people choose their own.
 */
export function define(command: Command): void {
  command
    .command('add <email>')
    .description('make an account and print its first password')
    .requiredOption('--name <name>', 'as colleagues know them')
    .option('--job-title <title>', 'such as "Social worker"')
    .option('--role <code>', 'such as A-SW; may be given more than once', several)
    .option('--team <name>', 'made when there is none of this name; may be given more than once', several)
    .option('--json', 'for programs')
    .action((email: string, wishes: Wishes) => withJobsDatabase((jobs) => add(jobs, email, wishes)))
  command
    .command('list')
    .description('every account with its roles and teams')
    .option('--json', 'for programs')
    .action(({ json }: Wishes) => withJobsDatabase((jobs) => list(jobs, json)))
  command
    .command('end <email>')
    .description('close an account now, and end its sessions')
    .action((email: string) =>
      withJobsDatabase(async (jobs) => {
        await endAccount(jobs, (await find(jobs, email)).id, 'the account was closed')
        say(`${email} is closed. Their sessions have ended.`)
      }),
    )
  command
    .command('reset <email>')
    .description('print a new first password; the one-time code is enrolled anew')
    .option('--json', 'for programs')
    .action((email: string, { json }: Wishes) => withJobsDatabase((jobs) => reset(jobs, email, json)))
  command
    .command('role <email> <code>')
    .description('give a role; with --take, take it away')
    .option('--until <day>', 'its last day, like 2027-03-31')
    .option('--take', 'take it away')
    .action((email: string, code: string, { until, take }: { until?: string; take?: boolean }) =>
      withJobsDatabase(async (jobs) => {
        await knownRoles(jobs, [code])
        if (until && !/^\d{4}-\d\d-\d\d$/.test(until))
          throw new UnusableInput(`--until: '${until}' is no day. Write it like 2027-03-31.`)
        await setRole(jobs, (await find(jobs, email)).id, code, { given: !take, until })
        say(`${email}: ${code} ${take ? 'taken' : 'given'}.`)
      }),
    )
  command
    .command('team <name>')
    .description('make a team, or change the one of this name')
    .option('--parent <name>', 'the team it belongs to')
    .action((name: string, { parent }: Wishes) =>
      withJobsDatabase(async (jobs) => {
        await makeTeam(jobs, { name, parent: parent ? await teamCalled(jobs, parent) : undefined })
        say(`${name} is there.`)
      }),
    )
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function find(jobs: Connection, email: string): Promise<ListedAccount> {
  const wanted = email.trim().toLowerCase()
  const found = (await listAccounts(jobs)).find((account) => account.email === wanted)
  if (!found) throw new UnusableInput(`There is no account ${email}. \`cairn account list\` shows them.`)
  return found
}

async function knownRoles(jobs: Connection, codes: readonly string[]): Promise<void> {
  const known = await rolesThereAre(jobs)
  const wrong = codes.find((code) => !known.some((role) => role.code === code))
  if (!wrong) return
  throw new UnusableInput(
    `There is no role ${wrong}. There are ${known.map(({ code, name }) => `${code} (${name})`).join(', ')}.`,
  )
}

async function add(jobs: Connection, email: string, { name, jobTitle, role = [], team = [], json }: Wishes) {
  if (!/^\S+@\S+\.\S+$/.test(email)) throw new UnusableInput(`'${email}' is no e-mail address.`)
  await knownRoles(jobs, role)
  const wanted = email.trim().toLowerCase()
  if ((await listAccounts(jobs)).some((account) => account.email === wanted))
    throw new UnusableInput(
      `There is an account ${wanted} already. \`cairn account reset\` gives it a new password.`,
    )
  const teams: string[] = []
  for (const one of team) teams.push(await teamCalled(jobs, one))
  const password = firstPassword()
  const id = await makeAccount(jobs, { email: wanted, name, jobTitle, roles: role, teams, password })
  if (json) return say(JSON.stringify({ id, email: wanted, password }))
  say(`${name} can sign in as ${wanted} with the password ${password}`)
  say('Give it to them in person. At their first sign-in they choose their own, and enrol a one-time code.')
}

async function reset(jobs: Connection, email: string, json: boolean | undefined) {
  const account = await find(jobs, email)
  const password = firstPassword()
  if (!(await resetAccount(jobs, account.id, password)))
    throw new UnusableInput(`${email} signs in with the authority’s directory: it has no password here.`)
  if (json) return say(JSON.stringify({ id: account.id, email: account.email, password }))
  say(`${account.name} can sign in as ${account.email} with the password ${password}`)
  say('Give it to them in person. Their sessions have ended; they enrol their one-time code anew.')
}

async function list(jobs: Connection, json: boolean | undefined) {
  const all = await listAccounts(jobs)
  if (json) return say(JSON.stringify(all))
  if (all.length === 0) return say('There is no account yet. `cairn account add` makes one.')
  for (const { email, name, roles, teams, kind, lastDay, enrolled } of all) {
    const notes = [
      kind === 'directory' ? 'directory' : enrolled ? '' : 'has not signed in yet',
      lastDay ? `last day ${lastDay}` : '',
    ].filter(Boolean)
    say([email, name, roles.join(' '), teams.join(', '), notes.join(', ')].join('\t').trimEnd())
  }
}
