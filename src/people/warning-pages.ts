import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import { sessionOf } from '../web/session.ts'
import { type Day, formatShortDate } from '../web/words.ts'
import { factsOf, type Origin } from './facts-store.ts'
import { originSaid } from './origins.ts'
import { paths } from './paths.ts'
import { type OpenPart, showPart } from './record.ts'
import { openFamily, openOf, relativesNamed, type Sight } from './relatives.ts'
import { changeColumn, factTable } from './sources.ts'
import { warningForms } from './warning-forms.ts'
import {
  evidenceStatuses,
  hazardKinds,
  reviewIsLate,
  riskKinds,
  viaWords,
  type Warning,
  warningsOf,
} from './warnings.ts'

/** Warnings about somebody, to be read before a visit; who may pose a risk, and which children are near them. */
export const warningPages: FastifyPluginAsync = async (app) => {
  app.get(paths.warnings.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.warnings.read(request)
    let sights = new Map<string, Sight>()
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading the warnings before a visit',
        groups: ['F07', 'F19', 'F24', 'F26'],
        heading: 'Warnings',
        template: 'people/views/warnings.njk',
        before: async ({ people, groups }, knownAt) => {
          if (!groups.includes('F07') || !groups.includes('F24')) return
          const asked = { groups: ['F24'], far: true, knownAt: knownAt?.moment, correlation: request.id }
          sights = await openFamily(app.deps.db, sessionOf(request), people, asked)
        },
      },
      (part) => warningsPart(person, part, sights),
    )
  })
  warningForms(app)
}

type Row = Record<string, string | null> & Origin

async function warningsPart(person: string, part: OpenPart, sights: ReadonlyMap<string, Sight>) {
  const { trx, opened, on, open } = part
  const { people } = opened
  const named = await relativesNamed(trx, openOf(sights))
  const writes = opened.level === 'full' && !part.knownAt
  const all = await warningsOf(trx, people, on)
  const hazards = await factsOf<Row>(trx, 'hazard', people, ['to_day', 'from_day', 'id'])
  const risks = await factsOf<Row>(trx, 'risk_posed', people, ['to_day', 'from_day', 'id'])
  const evidence = await evidenceFor(trx, people, all)
  const near = await childrenNear(trx, people)
  const names = await accountNames(
    trx,
    [...hazards, ...risks].flatMap(({ owner_id }) => owner_id ?? []),
  )
  const standing = (one: Row) => [
    names.get(one.owner_id!) ?? '',
    { text: one.agreed_by ?? '', sub: one.agreed_on ? formatShortDate(one.agreed_on) : undefined },
    { text: awareWord(one.aware), sub: one.aware_words ?? undefined },
    formatShortDate(one.from_day!),
    one.to_day
      ? { text: `ended ${formatShortDate(one.to_day)}`, sub: one.end_words ?? undefined }
      : one.review_on
        ? {
            text: `review ${formatShortDate(one.review_on)}`,
            sub: one.review_on < on ? 'overdue' : undefined,
            value: one.review_on,
          }
        : 'no review set',
    originSaid(one),
  ]
  const standingColumns = ['Answered for by', 'Agreed by', 'Knows of it', 'Since', 'Next', 'Told by']
  const changing = (path: (of: { person: string; fact: string }) => string, fact: string) =>
    writes ? { text: 'Look again', href: path({ person, fact }) } : ''
  return {
    writes,
    actions: [
      { text: 'Add a warning', href: paths.hazardAdd({ person }) },
      { text: 'This person may pose a risk to children', href: paths.riskAdd({ person }) },
      ...(risks.length > 0 && open('F19')
        ? [{ text: 'Add what it rests on', href: paths.evidenceAdd({ person }) }]
        : []),
    ],
    now: all.map((one) => panelOf(one, on)),
    tables: [
      factTable({
        person,
        table: 'hazard',
        heading: 'Warnings about this person or where they live',
        columns: ['What', 'Kind', 'Rests on', ...standingColumns, changeColumn],
        facts: hazards,
        empty: 'No warning is on record',
        cellsOf: (one) => [
          { text: one.words, sub: one.at_address ? 'for everybody at the address' : undefined },
          hazardKinds[one.kind as keyof typeof hazardKinds] ?? one.kind,
          one.evidence,
          ...standing(one),
          changing(paths.hazard, one.id),
        ],
      }),
      ...(risks.length > 0
        ? [
            factTable({
              person,
              table: 'risk_posed',
              heading: 'May pose a risk to children',
              columns: ['Harm', 'What to know and do', ...standingColumns, changeColumn],
              facts: risks,
              empty: '',
              cellsOf: (one) => [
                riskKinds[one.kind as keyof typeof riskKinds],
                one.words,
                ...standing(one),
                changing(paths.risk, one.id),
              ],
            }),
            factTable({
              person,
              table: 'risk_link',
              heading: 'Children near',
              columns: ['Child', 'How', 'Since', 'Until'],
              facts: near,
              subjectOf: (one) => one.child,
              empty: 'No child near them is open to you. There may be others.',
              cellsOf: (one) => [
                { text: named.get(one.child)?.name ?? 'A child', href: paths.record({ person: one.child }) },
                viaWords[one.via],
                formatShortDate(one.from),
                one.to ? formatShortDate(one.to) : '',
              ],
            }),
          ]
        : []),
      ...(evidence.length > 0
        ? [
            factTable({
              person,
              table: 'risk_evidence',
              heading: 'What the risk rests on',
              columns: ['About', 'How far it came', 'What', 'When', 'Told by', changeColumn],
              facts: evidence,
              subjectOf: (one) => one.person_id!,
              empty: '',
              cellsOf: (one) => [
                one.called,
                evidenceStatuses[one.status as keyof typeof evidenceStatuses],
                one.words,
                one.said_on ? formatShortDate(one.said_on) : '',
                originSaid(one),
                people.includes(one.person_id!) ? changing(paths.evidence, one.id) : '',
              ],
            }),
          ]
        : []),
    ],
    evidenceClosed: !open('F19') && all.some(({ what }) => what === 'risk' || what === 'own-risk'),
  }
}

const awareWord = (aware: unknown) => (aware === true ? 'Yes' : aware === false ? 'No' : 'Not recorded')

/** One warning as the panel that is read before a visit. */
function panelOf(warning: Warning, on: Day) {
  const { what, kind, called, words, from, reviewOn, via } = warning
  const harm = riskKinds[kind as keyof typeof riskKinds]
  const heading =
    what === 'own-risk'
      ? `May pose a risk to children: ${harm}`
      : what === 'risk'
        ? called
          ? `${called} may pose a risk to children: ${harm}`
          : 'Somebody near may pose a risk to children'
        : what === 'hazard-at-address'
          ? `At this address: ${words}`
          : words
  return {
    heading,
    words:
      what === 'risk' && !called
        ? 'You may not see who it is. Ring the duty manager before you visit.'
        : what === 'risk' || what === 'own-risk'
          ? words
          : hazardKinds[kind as keyof typeof hazardKinds],
    how: via ? viaWords[via] : undefined,
    since: formatShortDate(from),
    review: reviewOn ? formatShortDate(reviewOn) : undefined,
    late: reviewIsLate(warning, on),
    grave: what === 'risk' || what === 'own-risk',
  }
}

/** What the risks of this page rest on: their own, and those of whoever is near. */
async function evidenceFor(trx: OpenPart['trx'], people: readonly string[], all: readonly Warning[]) {
  const risks = all.filter(({ what }) => what === 'risk' || what === 'own-risk').map(({ id }) => id)
  const { rows } = await sql<Row & { called: string }>`
    select e.*, r.called, (select display_name from access.account a where a.id = e.recorded_by) as recorded_by_name
      from risk_evidence e join risk_posed r on r.id = e.risk_id
     where e.risk_id = any (${risks}::uuid[]) or e.person_id = any (${[...people]}::uuid[])
     order by e.said_on desc nulls last, e.id`.execute(trx)
  return rows
}

/** Children near whoever this record is about, as far as they are open to the reader. */
async function childrenNear(trx: OpenPart['trx'], people: readonly string[]) {
  const { rows } = await sql<Origin & { child: string; via: string; from: Day; to: Day | null }>`
    select l.id, l.recorded_at, l.import_place, (select display_name from access.account a where a.id = l.recorded_by) as recorded_by_name,
           l.person_id as child, l.via, l.from_day as "from", l.to_day as "to"
      from risk_link l join risk_posed r on r.id = l.risk_id where r.person_id = any (${[...people]}::uuid[])
     order by l.to_day is null desc, l.from_day desc, l.id`.execute(trx)
  return rows
}

async function accountNames(trx: OpenPart['trx'], ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from access.account where id = any (${[...ids]}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
