import { sql } from 'kysely'
import type { TestDatabase } from './database.ts'

/**
 * An invented service for the test of need to know: everything that can tie a worker to a person or keep them apart,
 * at random and often enough that every combination comes up. Days are counted from today.
 */

export interface World {
  teams: { id: string; parent: string | null }[]
  accounts: { id: string; roles: string[]; teams: string[]; open: boolean; person: string | null }[]
  people: string[]
  supervision: { account: string; supervisor: string; to: number | null }[]
  duty: { account: string; team: string; now: boolean }[]
  cover: { for: string; account: string; from: number; to: number }[]
  involvements: {
    person: string
    kind: string
    account: string | null
    team: string | null
    from: number
    to: number | null
  }[]
  ties: { account: string; person: string; kind: string; from: number; to: number; ended: boolean }[]
  contacts: { person: string; on: number; decided: number | null }[]
  relationships: {
    person: string
    other: string
    kind: string
    household: boolean
    to: number | null
    by: string | null
  }[]
  aliases: { person: string; other: string; over: boolean }[]
  restrictions: {
    id: string
    person: string
    level: number
    sections: string[]
    over: boolean
    readers: { account: string; over: boolean }[]
  }[]
  connections: { account: string; person: string; over: boolean }[]
  decisions: { account: string; person: string; mayOpen: boolean; until: number; at: number }[]
  emergencies: { account: string; person: string; writing: boolean; open: boolean }[]
}

/** The same numbers for the same seed, so that what failed fails again. */
export function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (most: number) => Math.floor(next() * most)
  return {
    whole,
    chance: (of: number) => next() < of,
    one: <T>(list: readonly T[]): T => list[whole(list.length)]!,
    some: <T>(list: readonly T[], most: number): T[] => [
      ...new Set(Array.from({ length: whole(most + 1) }, () => list[whole(list.length)]!)),
    ],
  }
}

export type Dice = ReturnType<typeof dice>

const roles =
  'A-SW A-SW A-SW A-TM A-TM A-SM A-DUTY A-EDT A-IRO A-PA A-FOS A-ADO A-PNL A-QA A-QA A-PERF A-FIN A-BS A-LEG A-IG A-CG A-DPO A-ADM A-PTR A-INS'.split(
    ' ',
  )
const involvementKinds =
  'allocated allocated co-working team personal-adviser reviewing-officer conference-chair supervising-social-worker adoption-worker other'.split(
    ' ',
  )
const tieKinds = 'joint-visit meeting panel sampled-audit rights-request matter shared-view inspection'.split(
  ' ',
)
/** Whose work a tie or an involvement is, so that it often meets the role it is for. */
const roleFor: Record<string, string> = {
  'joint-visit': 'A-SW',
  meeting: 'A-SW',
  panel: 'A-PNL',
  'sampled-audit': 'A-QA',
  'rights-request': 'A-IG',
  matter: 'A-LEG',
  'shared-view': 'A-PTR',
  inspection: 'A-INS',
  allocated: 'A-SW',
  'co-working': 'A-SW',
  'personal-adviser': 'A-PA',
  'reviewing-officer': 'A-IRO',
  'conference-chair': 'A-IRO',
  'supervising-social-worker': 'A-FOS',
  'adoption-worker': 'A-ADO',
}
const relationshipKinds =
  'mother father parent step-parent adoptive-parent guardian brother sister sibling half-sibling grandparent child partner friend foster-carer other'.split(
    ' ',
  )

/** Invents `size` accounts and as many people. */
export function invent({ whole, chance, one, some }: Dice, size: number): World {
  const id = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
  const hex = (digits: number) => Array.from({ length: digits }, () => whole(16).toString(16)).join('')
  const times = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i))
  const service = id()
  const teams = [
    { id: service, parent: null },
    ...times(3, () => ({ id: id(), parent: service as string | null })),
    { id: id(), parent: null },
  ]
  const people = times(size, id)
  const accounts = times(size, () => ({
    id: id(),
    roles: [...new Set([one(roles), ...(chance(0.2) ? [one(roles)] : [])])],
    teams: some(teams, 2).map((team) => team.id),
    open: chance(0.95),
    person: chance(0.08) ? one(people) : null,
  }))
  const account = () => one(accounts).id
  const person = () => one(people)
  const accountFor = (kind: string) => {
    const meant = accounts.filter(({ roles }) => roles.includes(roleFor[kind] ?? ''))
    return meant.length > 0 && chance(0.6) ? one(meant).id : account()
  }
  /** Two different ones. */
  const two = (pick: () => string): [string, string] => {
    const [a, b] = [pick(), pick()]
    return a === b ? two(pick) : [a, b]
  }
  const allocated = new Set<string>()
  return {
    teams,
    accounts,
    people,
    supervision: accounts.flatMap(({ id: below }, i) =>
      i > 0 && chance(0.4)
        ? [{ account: below, supervisor: accounts[whole(i)]!.id, to: chance(0.2) ? -1 : null }]
        : [],
    ),
    duty: times(size / 2, () => ({ account: account(), team: one(teams).id, now: chance(0.7) })),
    cover: times(size, () => {
      const [covered, covering] = two(account)
      return { for: covered, account: covering, from: -whole(5), to: whole(6) - 2 }
    }).filter(({ from, to }) => to >= from),
    involvements: people.flatMap((who) =>
      times(whole(4), () => {
        const kind = one(involvementKinds)
        const to = chance(0.25) ? whole(3) - 1 : null
        return {
          person: who,
          kind,
          account: kind === 'team' ? null : accountFor(kind),
          team: kind === 'team' ? one(teams).id : null,
          from: chance(0.1) ? 1 : -10 - whole(100),
          to,
        }
      }).filter(({ kind, from, to }) => {
        if (to !== null && to < from) return false
        // One allocated worker at a time.
        if (kind !== 'allocated') return true
        if (allocated.has(who)) return false
        allocated.add(who)
        return true
      }),
    ),
    ties: times(size * 4, () => {
      const kind = one(tieKinds)
      const from = -whole(10)
      const to = Math.max(from, whole(6) - 2)
      return { account: accountFor(kind), person: person(), kind, from, to, ended: chance(0.1) }
    }),
    contacts: times(size / 4, () => {
      const on = -whole(40)
      return { person: person(), on, decided: chance(0.4) ? Math.min(0, on + whole(20)) : null }
    }),
    relationships: times(size, () => {
      const [a, b] = two(person)
      return {
        person: a,
        other: b,
        kind: one(relationshipKinds),
        household: chance(0.2),
        to: chance(0.15) ? -1 : null,
        by: chance(0.5) ? account() : null,
      }
    }),
    aliases: times(size / 20, () => {
      const [a, b] = two(person)
      return { person: a, other: b, over: chance(0.3) }
    }),
    restrictions: times(size / 3, () => ({
      id: id(),
      person: person(),
      level: whole(5),
      sections: chance(0.4) ? some(['F18', 'F25', 'F28', 'F36'], 3) : [],
      over: chance(0.2),
      readers: [...new Set(times(whole(12), account))].map((reader) => ({
        account: reader,
        over: chance(0.2),
      })),
    })),
    connections: times(size / 4, () => ({ account: account(), person: person(), over: chance(0.2) })),
    decisions: [],
    emergencies: times(size, () => ({
      account: account(),
      person: person(),
      writing: chance(0.4),
      open: chance(0.7),
    })),
  }
}

/** Decisions about connections that somebody declared, so that they matter. */
export function decideSome(world: World, { chance, whole }: Dice): World {
  return {
    ...world,
    decisions: world.connections.flatMap(({ account, person }, at) =>
      chance(0.6) ? [{ account, person, mayOpen: chance(0.7), until: whole(5) - 1, at }] : [],
    ),
  }
}

/** Writes it down, past every policy. */
export async function settle(db: TestDatabase, world: World): Promise<void> {
  const rows = (list: unknown[]) => JSON.stringify(list)
  await db.owner.transaction().execute(async (trx) => {
    await sql`insert into access.team (id, parent_id, name)
      select id, parent, id from jsonb_to_recordset(${rows(world.teams)}) as t (id uuid, parent uuid)`.execute(
      trx,
    )
    await sql`insert into record.person (id, date_of_birth) select id, '2014-05-06' from unnest(${world.people}::uuid[]) as id`.execute(
      trx,
    )
    await sql`insert into access.account (id, display_name, email, person_id, active_from, active_to)
      select id, 'Somebody', id || '@fellshire.test', person, current_date - 900, case when not open then current_date - 1 end
        from jsonb_to_recordset(${rows(world.accounts)}) as t (id uuid, person uuid, open boolean)`.execute(
      trx,
    )
    await sql`insert into access.account_role (account_id, role, from_day)
      select id, role, current_date - 900 from jsonb_to_recordset(${rows(world.accounts)}) as t (id uuid, roles jsonb),
             jsonb_array_elements_text(roles) as role`.execute(trx)
    await sql`insert into access.membership (account_id, team_id, from_day)
      select id, team::uuid, current_date - 900 from jsonb_to_recordset(${rows(world.accounts)}) as t (id uuid, teams jsonb),
             jsonb_array_elements_text(teams) as team`.execute(trx)
    await sql`insert into access.supervision (account_id, supervisor_id, from_day, to_day)
      select account, supervisor, current_date - 500, current_date + "to"
        from jsonb_to_recordset(${rows(world.supervision)}) as t (account uuid, supervisor uuid, "to" integer)`.execute(
      trx,
    )
    await sql`insert into access.duty (account_id, team_id, during)
      select account, team, case when now then tstzrange(now() - interval '1 hour', now() + interval '8 hours')
                                 else tstzrange(now() - interval '9 hours', now() - interval '1 hour') end
        from jsonb_to_recordset(${rows(world.duty)}) as t (account uuid, team uuid, now boolean)`.execute(trx)
    await sql`insert into access.cover (for_account_id, account_id, from_day, to_day, agreed_by)
      select "for", account, current_date + "from", current_date + "to", "for"
        from jsonb_to_recordset(${rows(world.cover)}) as t ("for" uuid, account uuid, "from" integer, "to" integer)`.execute(
      trx,
    )
    await sql`insert into record.involvement (person_id, kind, account_id, team_id, from_day, to_day)
      select person, kind, account, team, current_date + "from", current_date + "to"
        from jsonb_to_recordset(${rows(world.involvements)})
          as t (person uuid, kind text, account uuid, team uuid, "from" integer, "to" integer)`.execute(trx)
    await sql`insert into access.tie (account_id, person_id, kind, from_day, to_day, why, made_by, ended_at)
      select account, person, kind, current_date + "from", current_date + "to", 'for a test',
             (select id from access.account a where a.id <> account limit 1), case when ended then now() end
        from jsonb_to_recordset(${rows(world.ties)})
          as t (account uuid, person uuid, kind text, "from" integer, "to" integer, ended boolean)`.execute(
      trx,
    )
    await sql`insert into record.contact (person_id, contact_date, decided_on)
      select person, current_date + "on", current_date + decided
        from jsonb_to_recordset(${rows(world.contacts)}) as t (person uuid, "on" integer, decided integer)`.execute(
      trx,
    )
    await sql`insert into record.relationship (person_id, other_person_id, kind, same_household, to_day, recorded_by)
      select person, other, kind, household, current_date + "to", "by"
        from jsonb_to_recordset(${rows(world.relationships)})
          as t (person uuid, other uuid, kind text, household boolean, "to" integer, "by" uuid)`.execute(trx)
    await sql`insert into record.person_alias (person_id, same_as, reason, to_at)
      select person, other, 'for a test', case when over then now() end
        from jsonb_to_recordset(${rows(world.aliases)}) as t (person uuid, other uuid, over boolean)`.execute(
      trx,
    )
    await sql`insert into record.restriction (id, person_id, level, sections, reason, from_at, review_on, to_at)
      select id, person, level, array(select jsonb_array_elements_text(sections)), 'for a test', now() - interval '1 day', current_date + 90,
             case when over then now() end
        from jsonb_to_recordset(${rows(world.restrictions)})
          as t (id uuid, person uuid, level smallint, sections jsonb, over boolean)`.execute(trx)
    await sql`insert into record.restriction_reader (person_id, restriction_id, account_id, to_at)
      select person, id, (reader ->> 'account')::uuid, case when (reader ->> 'over')::boolean then now() end
        from jsonb_to_recordset(${rows(world.restrictions)}) as t (id uuid, person uuid, readers jsonb),
             jsonb_array_elements(readers) as reader`.execute(trx)
    await sql`insert into access.connection (account_id, person_id, kind, ended_at)
      select account, person, 'friend', case when over then now() end
        from jsonb_to_recordset(${rows(world.connections)}) as t (account uuid, person uuid, over boolean)`.execute(
      trx,
    )
    await sql`insert into access.conflict_decision (account_id, person_id, decided_by, outcome, words, decided_at, until_day)
      select account, person, (select id from access.account a where a.id <> account limit 1),
             case when "mayOpen" then 'may open' else 'stays closed' end, 'words enough for a test', now() + "at" * interval '1 second', current_date + until
        from jsonb_to_recordset(${rows(world.decisions)})
          as t (account uuid, person uuid, "mayOpen" boolean, until integer, "at" integer)`.execute(trx)
    await sql`insert into access.break_glass (account_id, person_id, reason, words, until_at, ended_at, writing_since, writing_words, review_due)
      select account, person, 'other', 'words enough for a test', now() + interval '4 hours', case when not open then now() end,
             case when writing then now() end, case when writing then 'words enough for a test' end, current_date + 2
        from jsonb_to_recordset(${rows(world.emergencies)})
          as t (account uuid, person uuid, writing boolean, open boolean)`.execute(trx)
  })
}
