import type { FastifyPluginAsync } from 'fastify'
import { paths as accessPaths } from '../access/paths.ts'
import { restrictionsKnown } from '../access/restriction-store.ts'
import { restrictionLevels } from '../access/words.ts'
import { chronologyOf } from '../casework/chronology.ts'
import { livingSummaries } from '../casework/chronology-store.ts'
import { summaryIsOld } from '../casework/living-summary.ts'
import { type LastSeen, lastSeen } from '../casework/notes-store.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { startOf } from '../casework/starts.ts'
import { clockById, clocks } from '../clocks/clocks.ts'
import { labelOf } from '../codes/codes.ts'
import { happenings } from '../events/store.ts'
import { chronologyYears } from '../web/components/chronology.ts'
import { type Day, formatShortDate, formatSpan, listed } from '../web/words.ts'
import { needsOf, spokenTo } from './communication.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'
import { relationTo } from './relation-words.ts'
import { householdOf, unnamedRelatives } from './relatives.ts'
import { type NextDue, nextDues, type Summary, summaryGroups, summaryOf } from './summary-store.ts'
import { basisWords } from './words.ts'

const groups = [...new Set([...summaryGroups, ...clocks.map(({ group }) => group)])]

/** How much of what is due stands on the front; all of it has a part of its own. */
const duesShown = 3

/** The front of a record: what matters now. */
export const recordPages: FastifyPluginAsync = async (app) => {
  app.get(paths.record.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.record.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading the record',
        groups,
        heading: 'Summary',
        template: 'people/views/summary.njk',
      },
      async (part) => {
        const { trx, opened, session, identity, on } = part
        const summary = await summaryOf(trx, opened.people, on)
        const unnamed = await unnamedRelatives(trx)
        const household = await householdOf(trx, opened.people, on, unnamed)
        const seen = await lastSeen(trx, opened.people, on)
        const due = await nextDues(trx, opened.people, { on, most: duesShown })
        const latest = await happenings(trx, opened.people, { to: on, most: 8 })
        const restrictions = opened.restriction > 0 ? await restrictionsKnown(trx, session, person) : []
        const [living] = part.open('F27') ? await livingSummaries(trx, opened.people, 1) : []
        return {
          living: living && { ...living, old: summaryIsOld(living.writtenOn, on) },
          livingHref: part.open('F27') ? caseworkPaths.livingSummary({ person }) : undefined,
          restrictions: restrictions.map((one) => ({ ...one, called: restrictionLevels[one.level].name })),
          restrictHref: accessPaths.restrict({ person }),
          now: nowFacts(summary, on),
          about: aboutFacts(summary, identity.sex).filter(({ value }) => value !== ''),
          responsible: summary.responsible
            .filter(({ person: holder }) => !unnamed.includes(holder ?? ''))
            .map(({ name, basis, evidence }) => ({
              key: name ?? 'Name not known',
              value: basisWords[basis] ?? basis,
              more: evidence ? `seen: ${evidence}` : 'no evidence on record',
            })),
          household: household.map(({ name, kind, words, fromOtherEnd }) => {
            const relation = words ?? relationTo(kind, { fromOtherEnd, ended: false })
            // The front opens nobody else's record: a name that stands only there is said under Family and network.
            return name
              ? { key: name, value: relation }
              : { key: capital(relation), value: 'on a record of their own' }
          }),
          // A hidden address is not opened here, nor is it told that there is one.
          noHome:
            part.open('F03') && !summary.home && summary.placements.length === 0 && !identity.standing.died,
          detailsHref: paths.details({ person }),
          spoken:
            part.open('F06') &&
            spokenTo(await needsOf(trx, opened.people), summary, on).map((one) => ({
              ...one,
              addHref: paths.needAdd({ person }, { topic: one.topic }),
            })),
          asks: opened.level === 'full' && !part.knownAt,
          communicationHref: paths.communication({ person }),
          seen: seenFacts(person, seen, summary.seen),
          seenWords: part.open('F28') ? seen.words : null,
          due: due.map((one) => dueView(person, one)),
          dueHref: caseworkPaths.dueOfChild({ person }),
          years: chronologyYears(chronologyOf(person, latest, new Map())),
          chronologyHref: caseworkPaths.chronology({ person }),
          familyHref: paths.family({ person }),
        }
      },
    )
  })
}

/** When the child was seen last, by visits and by what else says so, and when alone: a day, what it was and its note. */
function seenFacts(person: string, visits: LastSeen, told: Summary['seen']) {
  const visit = (of: LastSeen['seen']) =>
    of && {
      day: of.day,
      at: 'on a visit',
      href: of.note ? caseworkPaths.note({ person, note: of.note }) : null,
    }
  const seen = visit(visits.seen)
  const otherwise = told && {
    day: told.day,
    at: told.at === 'review' ? 'at a review' : 'for an assessment',
    href: null,
  }
  return {
    last: seen && otherwise ? (seen.day >= otherwise.day ? seen : otherwise) : (seen ?? otherwise),
    alone: visit(visits.alone),
  }
}

/** One thing due: what, by when, how that was counted, and the form that meets it. */
const dueView = (person: string, { id, clock, dueOn }: NextDue) => ({
  what: clockById(clock).name,
  day: dueOn,
  howHref: `${caseworkPaths.dueOfChild({ person })}#due-${id}`,
  start: startOf(clock, person),
})

const capital = (words: string) => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
const since = (day: Day, on: Day) => `since ${formatShortDate(day)}, ${formatSpan(day, on)}`
const coded = (set: string, code: string | null) => (code ? labelOf(set, code) : undefined)

/** How things stand, line by line; what is not so has no line. */
function nowFacts(summary: Summary, on: Day) {
  const { needs, plans, care, placements, statuses, home } = summary
  return [
    ...plans.map((plan) => {
      const [first, latest] = [
        coded('category_of_abuse', plan.initial),
        coded('category_of_abuse', plan.latest),
      ]
      return {
        key: 'Child protection plan',
        value: latest ?? first ?? 'Category not recorded',
        more: `${since(plan.since, on)}${first && latest && first !== latest ? `; it began for ${first.toLowerCase()}` : ''}`,
      }
    }),
    ...care.map((period) => ({
      key: period.shortBreaks ? 'Short breaks' : 'Looked after',
      value: since(period.since, on),
    })),
    ...statuses.map((status) => ({
      key: 'Legal status',
      value: labelOf('legal_status', status.code),
      more: since(status.since, on),
    })),
    ...placements.map((placement) => ({
      key: 'Lives',
      value: coded('placement_type', placement.place) ?? 'Kind of placement not recorded',
      more: [since(placement.since, on), coded('placement_provider', placement.provider)?.toLowerCase()]
        .filter(Boolean)
        .join('; '),
    })),
    ...needs.map((need) => ({
      key: 'Child in need',
      value: coded('primary_need', need.code) ?? 'Need not recorded yet',
      more: since(need.since, on),
    })),
    ...(home && placements.length === 0
      ? [{ key: 'Home', value: [home.lines, home.postcode].filter(Boolean).join(', ') }]
      : []),
  ]
}

function aboutFacts({ ethnicity, disabilities }: Summary, sex: string | null) {
  return [
    { key: 'Sex', value: sex ? labelOf('sex', sex) : '' },
    { key: 'Ethnicity', value: ethnicity ? labelOf('ethnicity', ethnicity) : '' },
    {
      key: disabilities.length > 1 ? 'Disabilities' : 'Disability',
      value: listed(disabilities.map((code) => labelOf('disability', code))),
    },
  ]
}
