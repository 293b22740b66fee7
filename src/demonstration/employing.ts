import { sql } from 'kysely'
import { listAccounts, makeTeam, putOnDuty, showInDemonstration, supervise } from '../access/accounts.ts'
import { demonstrationPassword } from '../access/demonstration.ts'
import { hashPassword } from '../access/password.ts'
import type { Connection } from '../database/connection.ts'
import { addDays, type Day } from '../web/words.ts'
import { isWorking } from './days.ts'
import { parentOf, type Service } from './service.ts'
import { cast, wholeService } from './staff.ts'

/** What the service's people and teams are called in the database. */
export interface Employed {
  account(email: string): string
  team(name: string): string
}

/** Makes the service's teams and accounts, those that are there already among them. */
export async function employ(jobs: Connection, service: Service): Promise<Employed> {
  const teams = new Map<string, string>()
  const make = async (name: string, kind?: string) => {
    const above = parentOf(name)
    teams.set(name, await makeTeam(jobs, { name, parent: above && teams.get(above), kind }))
  }
  await make(wholeService)
  for (const { name } of service.teams) await make(name)
  const accounts = new Map((await listAccounts(jobs)).map(({ email, id }) => [email, id]))
  // One password for all: it is made unreadable once, which takes its time.
  const hash = await hashPassword(demonstrationPassword)
  for (const { email, name, jobTitle, roles, team } of service.workers) {
    if (accounts.has(email)) continue
    const { rows } = await sql<{ id: string }>`
      select access.make_account(${email}, ${name}, ${jobTitle}, ${hash}, null, ${roles}::text[],
        ${team === undefined ? [] : [teams.get(team)!]}::uuid[], null) as id`.execute(jobs)
    accounts.set(email, rows[0]!.id)
  }
  return { account: (email) => accounts.get(email)!, team: (name) => teams.get(name)! }
}

/** Who supervises whom: each worker their team’s manager, each manager whoever stands above all. */
export async function setLines(jobs: Connection, service: Service, employed: Employed): Promise<void> {
  const head = cast.find(({ team }) => team === wholeService)!.email
  for (const { name, manager } of service.teams) {
    if (!manager) continue
    await supervise(jobs, employed.account(manager), employed.account(head))
    for (const { email } of service.workers.filter((one) => one.team === name && one.email !== manager))
      await supervise(jobs, employed.account(email), employed.account(manager))
  }
}

const daysOfRota = 14

/** The rota of the teams that families come to first: each working day somebody of the team, and every night one. */
export async function fillRota(
  jobs: Connection,
  service: Service,
  employed: Employed,
  today: Day,
): Promise<void> {
  // An interrupted start may have come this far.
  if ((await sql`select from access.duty limit 1`.execute(jobs)).rows.length > 0) return
  const nights = service.workers.find(({ roles }) => roles.includes('A-EDT'))
  for (let ahead = 0; ahead < daysOfRota; ahead += 1) {
    const day = addDays(today, ahead)
    for (const { name, kind } of service.teams) {
      if (kind !== 'front-door' && kind !== 'assessment') continue
      const able = service.workers.filter(({ team, roles }) => team === name && !roles.includes('A-TM'))
      const onDuty = able[ahead % Math.max(1, able.length)]
      if (onDuty && isWorking(day))
        await putOnDuty(jobs, {
          account: employed.account(onDuty.email),
          team: employed.team(name),
          ...{ from: new Date(`${day}T08:30:00Z`), to: new Date(`${day}T17:30:00Z`) },
        })
    }
    if (nights)
      await putOnDuty(jobs, {
        account: employed.account(nights.email),
        team: employed.team(wholeService),
        from: new Date(`${day}T17:00:00Z`),
        to: new Date(`${addDays(day, 1)}T08:30:00Z`),
      })
  }
}

/** Lists the cast on the sign-in page. */
export async function show(jobs: Connection, employed: Employed): Promise<void> {
  for (const [rank, { email, says }] of cast.entries())
    await showInDemonstration(jobs, employed.account(email), { says, rank })
}
