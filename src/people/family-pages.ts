import type { FastifyPluginAsync } from 'fastify'
import { drawTimeline } from '../web/components/timeline.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, formatShortDate } from '../web/words.ts'
import { factsOf, type Origin } from './facts-store.ts'
import { authorityShares, type Involvement, involvementsOf, risksSeen } from './family-store.ts'
import { drawGenogram } from './genogram.ts'
import { familyGraph } from './genogram-graph.ts'
import { householdLanes, sharedAddresses } from './household.ts'
import { calledOf, yearsAfter } from './model.ts'
import { drawNetwork } from './network.ts'
import { originSaid } from './origins.ts'
import { paths } from './paths.ts'
import { type OpenPart, showPart } from './record.ts'
import { relationTo } from './relation-words.ts'
import {
  calledIn,
  openFamily,
  openOf,
  type Relative,
  relativesNamed,
  type Sight,
  type Tie,
  tiesOf,
} from './relatives.ts'
import { changeColumn, factTable, withoutEmptyColumns, yesNo } from './sources.ts'
import { basisWords, kindWords, unknownParents, whyUnknown } from './words.ts'

/** Family and network: relatives and others who matter, parental responsibility, the home over time, who works with them. */
export const familyPages: FastifyPluginAsync = async (app) => {
  app.get(paths.family.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.family.read(request)
    const { db } = app.deps
    let sights = new Map<string, Sight>()
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about family and network',
        groups: ['F03', 'F04', 'F06', 'F07', 'F08', 'F29'],
        heading: 'Family and network',
        template: 'people/views/family.njk',
        before: async ({ people, groups }, knownAt) => {
          if (!groups.includes('F07')) return
          const asked = { far: true, knownAt: knownAt?.moment, correlation: request.id }
          sights = await openFamily(db, sessionOf(request), people, asked)
        },
      },
      (part) => familyPart(person, part, sights),
    )
  })
}

const between = (from: string | null, to: string | null) => [
  from ? formatShortDate(from) : '',
  to ? formatShortDate(to) : '',
]

type Fact = Record<string, string | null> & { ask_first: boolean | null }

async function familyPart(person: string, part: OpenPart, sights: ReadonlyMap<string, Sight>) {
  const { trx, opened, identity, on } = part
  const { people } = opened
  const all = await tiesOf(trx, openOf(sights))
  const ties = all.filter((tie) => people.includes(tie.self))
  const named = await relativesNamed(trx, openOf(sights))
  const called = (tie: Tie) => calledIn(sights, named, tie)
  const relatives = ties.filter((tie) => called(tie) !== undefined)
  const homes = await factsOf<Home>(trx, 'address', people, ['from_day', 'id'])
  const shared = await sharedAddresses(trx, people, openOf(sights))
  const writes = opened.level === 'full' && !part.knownAt
  const holders = await factsOf<Fact>(trx, 'parental_responsibility', people, ['from_day', 'id'])
  const unknown = await factsOf<Fact>(trx, 'unknown_parent', people, ['from_day', 'id'])
  const workers = await involvementsOf(trx, people)
  const risky = await risksSeen(trx, on)
  const authority = await authorityShares(trx, people, on)
  const grown = identity.standing.born ? yearsAfter(identity.standing.born, 18) : undefined
  const changing = (
    fact: { id: string },
    path: (of: { person: string; fact: string }) => string,
    of = person,
  ) => (writes ? { text: 'Change', href: path({ person: of, fact: fact.id }) } : '')
  return {
    writes,
    actions: [
      { text: 'Add somebody', href: paths.relativeFind({ person }) },
      { text: 'Add parental responsibility', href: paths.responsibilityAdd({ person }) },
      { text: 'A parent is not known', href: paths.unknownParentAdd({ person }) },
      { text: 'Who may see, fetch or find them', href: paths.whoMay({ person }) },
    ],
    detailsHref: paths.details({ person }),
    genogram: genogramOf(person, part, {
      ties: all,
      sights,
      named,
      unknownParents: unknown.filter(({ to_day }) => !to_day || to_day > on),
      risky,
    }),
    network: networkOf(part, { ties: relatives, called, named, workers, risky }),
    household: drawTimeline({
      id: 'household',
      title: 'Home and household over time',
      lanes: householdLanes(people, homes, all, shared, sights, named),
      today: on,
    }),
    authority: authority && `${authority.by}, since ${formatShortDate(authority.since)}`,
    grown: grown && grown <= on ? formatShortDate(grown) : undefined,
    tables: [
      factTable({
        person,
        table: 'relationship',
        heading: 'Family and others who matter',
        columns: ['Name', 'Is', 'Same home', 'From', 'To', 'Told by', changeColumn],
        facts: relatives,
        subjectOf: (one) => (one.fromOtherEnd ? one.other : person),
        empty: 'No relationship is on record',
        cellsOf: (one) => [
          {
            text: called(one)!.text,
            href: called(one)!.open ? paths.record({ person: one.other }) : undefined,
          },
          {
            text: relationTo(one.kind, {
              fromOtherEnd: one.fromOtherEnd,
              sex: named.get(one.other)?.sex,
              ended: one.to !== null && one.to <= on,
            }),
            sub: one.words ?? undefined,
          },
          { text: yesNo(one.sameHousehold), sub: homeWords(one) },
          ...between(one.from, one.to),
          originSaid(one as unknown as Record<string, unknown>),
          changing(one, paths.relationship, one.fromOtherEnd ? one.other : person),
        ],
      }),
      ...unknownTable(unknown, person, changing),
      factTable({
        person,
        table: 'parental_responsibility',
        heading: 'Parental responsibility',
        columns: ['Who', 'By what', 'Evidence seen', 'Limited by', 'From', 'To', 'Told by', changeColumn],
        facts: holders.filter((one) => sights.get(one.holder_person_id ?? '') !== 'hidden'),
        empty: 'Nobody is on record as having parental responsibility',
        cellsOf: (one) => [
          named.get(one.holder_person_id ?? '')?.name ?? one.holder_name ?? 'Name not known',
          basisWords[one.basis!] ?? one.basis,
          evidenceCell(one),
          one.limited_by,
          ...between(one.from_day!, one.to_day!),
          originSaid(one),
          changing(one, paths.responsibility),
        ],
      }),
      workersTable(person, workers),
    ].map(withoutEmptyColumns),
  }
}

interface Family {
  readonly ties: readonly Tie[]
  readonly sights: ReadonlyMap<string, Sight>
  readonly named: ReadonlyMap<string, Relative>
  readonly unknownParents: readonly (Fact & Origin)[]
  readonly risky: ReadonlySet<string>
}

/** The family drawn; nothing where there is nobody but the person themselves. */
function genogramOf(person: string, { opened, on }: OpenPart, family: Family) {
  const unknownParents = family.unknownParents.map(({ id, parent }) => ({ id, parent: parent! }))
  const { people } = opened
  const graph = familyGraph({ ...family, unknownParents, self: person, people, on })
  if (graph.figures.length < 2) return undefined
  const drawing = drawGenogram(graph, on)
  return {
    ...drawing,
    figures: drawing.figures.map((one) => ({
      ...one,
      href: one.open && one.as === 'known' ? paths.record({ person: one.id }) : undefined,
    })),
  }
}

interface Around {
  readonly ties: readonly Tie[]
  readonly called: (tie: Tie) => { readonly text: string; readonly open: boolean } | undefined
  readonly named: ReadonlyMap<string, Relative>
  readonly workers: readonly Involvement[]
  readonly risky: ReadonlySet<string>
}

/** Who is around the person: everybody the record ties to them, and who works with them. */
function networkOf({ identity, on }: OpenPart, { ties, called, named, workers, risky }: Around) {
  const seen = new Set<string>()
  const own = ties.flatMap((tie) => {
    if (seen.has(tie.other)) return []
    seen.add(tie.other)
    const { text, open } = called(tie)!
    const ended = tie.to !== null && tie.to <= on
    return {
      name: text,
      what:
        tie.words ??
        relationTo(tie.kind, { fromOtherEnd: tie.fromOtherEnd, sex: named.get(tie.other)?.sex, ended }),
      side: 'family' as const,
      ended,
      risk: risky.has(tie.other),
      href: open ? paths.record({ person: tie.other }) : undefined,
    }
  })
  const theirs = workers
    .filter(({ to }) => !to || to > on)
    .map(({ who, kind, team }) => ({
      name: who,
      what: [kindWords[kind], team].filter(Boolean).join(', '),
      side: 'workers' as const,
      ended: false,
      risk: false,
    }))
  return drawNetwork(calledOf(identity), [...own, ...theirs])
}

/** 'since 3 May 2026', 'until 1 Jun 2026', or both. */
const homeWords = ({ homeFrom, homeTo }: Tie) =>
  [homeFrom && `since ${formatShortDate(homeFrom)}`, homeTo && `until ${formatShortDate(homeTo)}`]
    .filter(Boolean)
    .join(', ') || undefined

/** What was seen, when and by whom; what was only said is not evidence (governance B.5). */
function evidenceCell({ evidence, evidence_seen_on, evidence_seen_by }: Fact) {
  if (!evidence) return 'Said, not seen'
  const seen = [
    evidence_seen_on && `on ${formatShortDate(evidence_seen_on)}`,
    evidence_seen_by && `by ${evidence_seen_by}`,
  ]
  return { text: evidence, sub: seen.filter(Boolean).join(' ') || undefined }
}

interface Home {
  kind: string
  address_lines: string | null
  postcode: string | null
  protected: boolean
  from_day: Day | null
  to_day: Day | null
}

type Changing = (fact: { id: string }, path: (of: { person: string; fact: string }) => string) => unknown

function unknownTable(parents: readonly (Fact & Origin)[], person: string, changing: Changing) {
  if (parents.length === 0) return []
  return [
    factTable({
      person,
      table: 'unknown_parent',
      heading: 'Parents who are not known',
      columns: [
        'Who',
        'Why',
        'What is known',
        'What was tried',
        'As of',
        'Known since',
        'Told by',
        changeColumn,
      ],
      facts: parents,
      empty: '',
      cellsOf: (one) => [
        unknownParents[one.parent!] ?? one.parent,
        whyUnknown[one.why!] ?? one.why,
        one.known ?? 'Nothing',
        one.tried,
        ...between(one.from_day!, one.to_day!),
        originSaid(one),
        changing(one, paths.unknownParent),
      ],
    }),
  ]
}

const workersTable = (person: string, workers: readonly Involvement[]) =>
  factTable({
    person,
    table: 'involvement',
    heading: 'Who works with them',
    columns: ['Who', 'As', 'From', 'To'],
    facts: workers,
    empty: 'Nobody is allocated',
    cellsOf: (one) => [
      { text: one.who, sub: one.team ?? undefined },
      kindWords[one.kind],
      ...between(one.from, one.to),
    ],
  })
