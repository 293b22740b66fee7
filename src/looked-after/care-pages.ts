import type { FastifyPluginAsync } from 'fastify'
import { labelOf } from '../codes/codes.ts'
import { codeCell, dayCell } from '../people/fact-words.ts'
import { factsOf } from '../people/facts-store.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { factTable } from '../people/sources.ts'
import { drawTimeline } from '../web/components/timeline.ts'
import { formatTime } from '../web/words.ts'
import { paths } from './paths.ts'

/** Care: a picture of legal statuses and placements over time, and every fact beneath it. */
export const carePages: FastifyPluginAsync = async (app) => {
  app.get(paths.care.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.care.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about care',
        groups: ['F03', 'F04', 'F07', 'F08', 'F10', 'F15', 'F28', 'F29'],
        heading: 'Care',
        template: 'people/views/facts-part.njk',
      },
      (part) => care(person, part),
    )
  })
}

interface Span {
  start_date: string
  end_date: string | null
}
interface Placement extends Span {
  place: string | null
  place_provider: string | null
  reason_place_change: string | null
}
interface Episode {
  decom: string
  dec: string | null
  rne: string | null
  ls: string | null
  cin: string | null
  place: string | null
  place_provider: string | null
  rec: string | null
  reason_place_change: string | null
  home_post: string | null
}
interface Missing {
  missing: string | null
  mis_start: string
  mis_end: string | null
  mis_start_at: Date | null
  mis_end_at: Date | null
}

async function care(person: string, { trx, opened, on }: OpenPart) {
  const { people } = opened
  const periods = await factsOf<
    Span & { end_reason: string | null; primary_need: string | null; short_breaks: boolean }
  >(trx, 'period_of_care', people, ['start_date', 'id'])
  const statuses = await factsOf<Span & { legal_status: string }>(trx, 'legal_status', people, [
    'start_date',
    'id',
  ])
  const placements = await factsOf<Placement>(trx, 'placement', people, ['start_date', 'id'])
  const episodes = await factsOf<Episode>(trx, 'episode', people, ['decom', 'id'])
  const whereabouts = await factsOf<{ episode_id: string; pl_post: string | null; urn: string | null }>(
    trx,
    'placement_whereabouts',
    people,
    ['id'],
  )
  const reviews = await factsOf<{
    review: string
    review_code: string | null
    review_cancelled: boolean | null
  }>(trx, 'looked_after_review', people, ['review', 'id'])
  const missing = await factsOf<Missing>(trx, 'missing_episode', people, ['mis_start', 'id'])
  const liberty = await factsOf<{ dolo_start: string; dolo_end: string | null }>(
    trx,
    'deprivation_of_liberty',
    people,
    ['dolo_start', 'id'],
  )
  const previous = await factsOf<{
    prev_perm: string | null
    la_perm: string | null
    date_perm: string | null
  }>(trx, 'previous_permanence', people, ['id'])
  const where = new Map(whereabouts.map((one) => [one.episode_id, one]))
  const span = (one: Span) => ({ from: one.start_date, to: one.end_date ?? undefined })
  return {
    drawing: drawTimeline({
      id: 'care',
      title: 'Legal statuses and placements',
      today: on,
      lanes: [
        {
          name: 'Care',
          spans: periods.map((one) => ({
            ...span(one),
            text: one.short_breaks ? 'Short breaks' : 'Looked after',
            look: '1' as const,
          })),
        },
        {
          name: 'Legal status',
          spans: statuses.map((one) => ({
            ...span(one),
            text: labelOf('legal_status', one.legal_status),
            more: one.legal_status,
            look: one.legal_status.startsWith('L') ? ('alarm' as const) : ('2' as const),
          })),
        },
        {
          name: 'Placement',
          spans: placements.map((one) => ({
            ...span(one),
            text: one.place ? labelOf('placement_type', one.place) : 'Kind not recorded',
            more: one.place ?? undefined,
            look: '3' as const,
          })),
        },
        {
          name: 'Missing',
          spans: missing.map((one) => ({
            from: one.mis_start,
            to: one.mis_end ?? undefined,
            text: one.missing === 'A' ? 'Away without leave' : 'Missing',
            look: '5' as const,
          })),
        },
        {
          name: 'Liberty',
          spans: liberty.map((one) => ({
            from: one.dolo_start,
            to: one.dolo_end ?? undefined,
            text: 'Deprivation of liberty',
            look: '6' as const,
          })),
        },
      ].filter(({ spans }) => spans.length > 0),
    }),
    tables: [
      factTable({
        person,
        table: 'period_of_care',
        heading: 'Periods of care',
        columns: ['Came into care', 'Left care', 'Primary need', 'Why care ended'],
        facts: periods,
        empty: 'No period of care is on record',
        cellsOf: (one) => [
          dayCell(one.start_date),
          dayCell(one.end_date),
          codeCell('primary_need', one.primary_need),
          codeCell('reason_episode_ceased', one.end_reason),
        ],
      }),
      factTable({
        person,
        table: 'placement',
        heading: 'Placements',
        columns: ['Began', 'Ended', 'Kind', 'Provided by', 'Why it changed'],
        facts: placements,
        empty: 'No placement is on record',
        cellsOf: (one) => [
          dayCell(one.start_date),
          dayCell(one.end_date),
          codeCell('placement_type', one.place),
          codeCell('placement_provider', one.place_provider),
          codeCell('reason_place_change', one.reason_place_change),
        ],
      }),
      factTable({
        person,
        table: 'legal_status',
        heading: 'Legal statuses',
        columns: ['Began', 'Ended', 'Status'],
        facts: statuses,
        empty: 'No legal status is on record',
        cellsOf: (one) => [
          dayCell(one.start_date),
          dayCell(one.end_date),
          codeCell('legal_status', one.legal_status),
        ],
      }),
      factTable({
        person,
        table: 'looked_after_review',
        heading: 'Reviews',
        columns: ['Held', 'How the child took part', 'Cancelled'],
        facts: reviews,
        empty: 'No looked-after review is on record',
        cellsOf: (one) => [
          dayCell(one.review),
          codeCell('review_code', one.review_code),
          one.review_cancelled ? 'Yes' : '',
        ],
      }),
      factTable({
        person,
        table: 'missing_episode',
        heading: 'Missing, or away without leave',
        columns: ['From', 'To', 'Kind'],
        facts: missing,
        empty: 'The record tells of no time missing',
        cellsOf: (one) => [
          { ...dayCell(one.mis_start), sub: formatTime(one.mis_start_at) || undefined },
          { ...dayCell(one.mis_end), sub: formatTime(one.mis_end_at) || undefined },
          codeCell('missing', one.missing),
        ],
      }),
      factTable({
        person,
        table: 'deprivation_of_liberty',
        heading: 'Deprivation of liberty orders',
        columns: ['Began', 'Ended'],
        facts: liberty,
        empty: 'No deprivation of liberty order is on record',
        cellsOf: (one) => [dayCell(one.dolo_start), dayCell(one.dolo_end)],
      }),
      factTable({
        person,
        table: 'previous_permanence',
        heading: 'Permanence before this care',
        columns: ['Kind', 'Authority', 'Date'],
        facts: previous,
        empty: 'No earlier adoption or order is on record',
        cellsOf: (one) => [
          codeCell('previous_permanence', one.prev_perm),
          codeCell('permanence_authority', one.la_perm),
          one.date_perm,
        ],
      }),
      factTable({
        person,
        table: 'episode',
        heading: 'Episodes, as the return counts them',
        columns: ['Began', 'Ended', 'Why new', 'Legal status', 'Placement', 'Why ended', 'Home', 'Placed at'],
        facts: episodes,
        empty: 'No episode is on record',
        cellsOf: (one) => [
          dayCell(one.decom),
          dayCell(one.dec),
          codeCell('reason_for_new_episode', one.rne),
          codeCell('legal_status', one.ls),
          codeCell('placement_type', one.place),
          codeCell('reason_episode_ceased', one.rec),
          one.home_post,
          where.get(one.id)?.pl_post
            ? { text: where.get(one.id)!.pl_post, sub: where.get(one.id)!.urn ?? undefined }
            : '',
        ],
      }),
    ].filter((facts) => facts.rows.length > 0 || alwaysSaid.has(facts.heading)),
  }
}

/** Tables that say so when they are empty; the others are left out. */
const alwaysSaid = new Set(['Periods of care', 'Placements', 'Legal statuses', 'Reviews'])
