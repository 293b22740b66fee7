import type { FastifyPluginAsync } from 'fastify'
import { paths as accessPaths } from '../access/paths.ts'
import { restrictionsKnown } from '../access/restriction-store.ts'
import { restrictionLevels } from '../access/words.ts'
import { chronologyOf } from '../casework/chronology.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { labelOf } from '../codes/codes.ts'
import { happenings } from '../events/store.ts'
import { chronologyYears } from '../web/components/chronology.ts'
import { type Day, formatShortDate, formatSpan, listed } from '../web/words.ts'
import { needsOf, spokenTo } from './communication.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'
import { relationTo } from './relation-words.ts'
import { householdOf, unnamedRelatives } from './relatives.ts'
import { type Summary, summaryGroups, summaryOf } from './summary-store.ts'
import { basisWords } from './words.ts'

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
        groups: [...summaryGroups],
        heading: 'Summary',
        template: 'people/views/summary.njk',
      },
      async (part) => {
        const { trx, opened, session, identity, on } = part
        const summary = await summaryOf(trx, opened.people, on)
        const unnamed = await unnamedRelatives(trx)
        const household = await householdOf(trx, opened.people, on, unnamed)
        const latest = await happenings(trx, opened.people, { to: on, most: 8 })
        const restrictions = opened.restriction > 0 ? await restrictionsKnown(trx, session, person) : []
        return {
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
          household: household.map(({ name, kind, words, fromOtherEnd }) => ({
            key: name ?? 'Named under Family and network',
            value: words ?? relationTo(kind, { fromOtherEnd, ended: false }),
          })),
          spoken:
            part.open('F06') &&
            spokenTo(await needsOf(trx, opened.people), summary, on).map((one) => ({
              ...one,
              addHref: paths.needAdd({ person }, { topic: one.topic }),
            })),
          asks: opened.level === 'full' && !part.knownAt,
          communicationHref: paths.communication({ person }),
          seen: summary.seen,
          years: chronologyYears(chronologyOf(person, latest, new Map())),
          chronologyHref: caseworkPaths.chronology({ person }),
          familyHref: paths.family({ person }),
        }
      },
    )
  })
}

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
