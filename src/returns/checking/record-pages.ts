import type { FastifyPluginAsync } from 'fastify'
import { type RawBuilder, sql } from 'kysely'
import { noteShown, openList } from '../../access/opening.ts'
import { reading } from '../../access/reading.ts'
import { refusalOf } from '../../access/refusal.ts'
import { type OpenPart, showPart } from '../../people/record.ts'
import { listState } from '../../web/list.ts'
import { sessionOf } from '../../web/session.ts'
import { formatDate } from '../../web/words.ts'
import { collectionOn } from '../cin-census/collection.ts'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { byFact, factName } from './facts.ts'
import { type CheckedChild, checkCensusChild, checkReturnChild, type OpenTables } from './of-record.ts'
import { paths } from './paths.ts'
import { countedChildren, lastChecked } from './record-counts.ts'
import { censusGroups, groups, groupsOf, menders, mostNeeded, whereabouts } from './record-groups.ts'
import type { Transaction } from './store.ts'
import { returnWords } from './words.ts'

/** What the rules of the returns say of one child, beside the facts that cause it. */
export const recordPages: FastifyPluginAsync = async (app) => {
  app.get(paths.record.pattern, { config: { access: { roles: menders } } }, async (request, reply) => {
    const { person } = paths.record.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'checking what the returns would say',
        groups,
        heading: 'Checks',
        template: 'returns/checking/views/record.njk',
      },
      (part) => checksOf(person, part),
    )
  })

  app.get(paths.mine.pattern, { config: { access: { roles: menders } } }, async (request, reply) => {
    const { db } = app.deps
    const session = sessionOf(request)
    const list = listState(request, { sorts: ['found'], perPage: 100 })
    // A manager's own work is the team's, unless they ask for the children allocated to themselves.
    const { of = session.roles.some((role) => managers.includes(role)) ? 'team' : 'me' } =
      request.query as Record<string, unknown>
    const everyone = of === 'team'
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing what the returns would say of my children',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const page = await reading(db, session, async (trx) => ({
      last: await lastChecked(trx),
      ...(await countedChildren(
        trx,
        { account: session.account.id, everyone },
        { limit: list.perPage, offset: list.offset },
      )),
    }))
    const shown = page.children.map(({ person }) => person)
    await noteShown(db, session, 'caseload', shown, request.id)
    return reply.page('returns/checking/views/mine.njk', {
      title: 'Checks on my children',
      list,
      everyone,
      ...page,
    })
  })
}

const managers: readonly string[] = ['A-TM', 'A-SM']

async function checksOf(person: string, part: OpenPart): Promise<Record<string, unknown>> {
  const { trx, opened, session, on } = part
  const collection = collectionOn(on)
  const data = { year: collection.name, closes: formatDate(collection.to) }
  if (!(await mayMend(trx, opened.rule, session.roles))) return { ...data, notYours: true }
  const key = await keyOf(trx, opened.people)
  if (key === undefined) return { ...data, returns: [] }
  const all = (of: readonly string[]) => of.every((group) => opened.groups.includes(group))
  const tables = tablesOpen(all)
  const census = all(censusGroups) ? await checkCensusChild(trx, collection, key.child) : undefined
  const canCheckCare = mostNeeded.every((table) => tables.tables.includes(table))
  const care = canCheckCare ? await checkReturnChild(trx, collection.name, key.subject, tables) : undefined
  const returns = [census, care].filter((one): one is CheckedChild => one !== undefined)
  return {
    ...data,
    count: returns.reduce((sum, { findings }) => sum + findings.length, 0),
    closed: [
      ...(all(censusGroups) ? [] : [returnWords['cin-census']]),
      ...(canCheckCare ? [] : [returnWords.ssda903]),
      ...(care === undefined ? [] : closedParts(tables)),
    ],
    returns: returns.map((one) => ({
      name: returnWords[one.return],
      count: one.findings.length,
      facts: byFact(one, person),
    })),
  }
}

function tablesOpen(all: (groups: readonly string[]) => boolean): OpenTables {
  const names = ssda903Tables.map(({ name }) => name)
  return {
    tables: names.filter((name) => all(groupsOf('ssda903', name))),
    closedFields: new Set(all([whereabouts.group]) ? [] : whereabouts.fields),
  }
}

const closedParts = ({ tables, closedFields }: OpenTables): string[] => [
  ...new Set(
    ssda903Tables.filter(({ name }) => !tables.includes(name)).map(({ name }) => factName('ssda903', name)),
  ),
  ...(closedFields.size > 0 ? ['Where the child lives'] : []),
]

/** Whether the rule that opened the record lets one of these roles write in it. */
async function mayMend(trx: Transaction, rule: string, roles: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from access.role_reach
     where rule = ${rule} and role = any (${[...roles]}::text[]) and may_write and from_day <= current_date
       and (to_day is null or to_day >= current_date)`.execute(trx)
  return rows.length > 0
}

/** As the dataset knows somebody. */
async function keyOf(
  trx: Transaction,
  people: readonly string[],
): Promise<{ child: string; subject: string } | undefined> {
  const key: RawBuilder<{ child: string; subject: string }> = sql`
    select pers_person_id as child, subject_id as subject from human_key
     where person_id = any (${[...people]}::uuid[]) order by speaks desc limit 1`
  return (await key.execute(trx)).rows[0]
}
