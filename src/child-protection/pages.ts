import type { FastifyPluginAsync } from 'fastify'
import { duesOf } from '../casework/due-store.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { isoDay } from '../clocks/calendar.ts'
import { labelOf } from '../codes/codes.ts'
import { codeCell, dayCell } from '../people/fact-words.ts'
import { factsOf } from '../people/facts-store.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { factTable, yesNo } from '../people/sources.ts'
import { drawTimeline } from '../web/components/timeline.ts'
import { birthPages } from './birth-pages.ts'
import { chairPages } from './chair-pages.ts'
import { conferenceCallingPages } from './conference-calling-pages.ts'
import { conferenceHoldingPages } from './conference-holding-pages.ts'
import { conferencePages } from './conference-pages.ts'
import { conferencesOf } from './conferences-store.ts'
import { coreGroupPages } from './core-group-pages.ts'
import { discussionPages } from './discussion-pages.ts'
import { discussionsOf } from './discussions-store.ts'
import { enquiriesOf } from './enquiries-store.ts'
import { enquiryPages } from './enquiry-pages.ts'
import { dueRows, stopsOf } from './journey.ts'
import { paths } from './paths.ts'
import { planPages } from './plan-pages.ts'
import { coreGroupsOf, plansOf } from './plans-store.ts'

/** Protection: enquiries, conferences, plans and their reviews, and what comes before court. */
export const pages: FastifyPluginAsync = async (app) => {
  app.get(paths.protection.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.protection.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about protection',
        groups: ['F08', 'F09', 'F13', 'F14', 'F28'],
        heading: 'Protection',
        template: 'child-protection/views/protection.njk',
      },
      async (part) => ({ ...(await protection(person, part)), ...(await journeyOf(person, part)) }),
    )
  })
  for (const own of [
    discussionPages,
    enquiryPages,
    conferencePages,
    conferenceCallingPages,
    conferenceHoldingPages,
    planPages,
    coreGroupPages,
    birthPages,
    chairPages,
  ])
    await app.register(own)
}

/** The journey in a line, what is due, and what can be begun. */
async function journeyOf(person: string, { trx, opened, identity, knownAt }: OpenPart) {
  const { people } = opened
  const { standing } = identity
  const plans = await plansOf(trx, people)
  const inForce = plans.find(({ cp_plan_end_date }) => !cp_plan_end_date)
  const kind = inForce ? 'review' : standing.born || !standing.expected ? 'initial' : 'pre-birth'
  return {
    stops: stopsOf(person, {
      discussions: await discussionsOf(trx, people),
      enquiries: await enquiriesOf(trx, people),
      conferences: await conferencesOf(trx, people),
      plans,
      coreGroups: await coreGroupsOf(trx, people),
    }),
    due: dueRows(await duesOf(trx, people), isoDay),
    starts:
      knownAt || standing.died || opened.level !== 'full'
        ? []
        : [
            { text: 'Call a strategy discussion', href: paths.discussionNew({ person }) },
            {
              text: inForce ? 'Ask for a review conference' : 'Ask for a conference',
              href: paths.conferenceNew({ person }, { kind }),
            },
            ...(inForce
              ? [{ text: 'Write up a core group', href: paths.coreGroupNew({ person, plan: inForce.id }) }]
              : []),
            ...(!standing.born && standing.expected
              ? [{ text: 'Birth', href: paths.birth({ person }) }]
              : []),
          ],
    dueHref: caseworkPaths.dueOfChild({ person }),
  }
}

interface Plan {
  cp_plan_start_date: string
  cp_plan_end_date: string | null
  cp_plan_initial_category: string | null
  cp_plan_latest_category: string | null
  cp_plan_ola: boolean | null
  number_of_previous_cpp: number | null
  number_of_previous_cpp_source: string | null
}
interface Enquiry {
  s47_start_date: string
  s47_end_date: string | null
  initial_cpc_target: string | null
  icpc_not_required: boolean | null
}
interface PreProceedings {
  pp_start_date: string | null
  lbp_sent_date: string | null
  initial_pp_meeting_date: string | null
  step_decision_date: string | null
  pp_outcome: string | null
  court_app_date: string | null
}

const categoryOf = (one: Plan) => {
  const code = one.cp_plan_latest_category ?? one.cp_plan_initial_category
  return code ? labelOf('category_of_abuse', code) : 'Category not recorded'
}

async function protection(person: string, { trx, opened, on }: OpenPart) {
  const { people } = opened
  const plans = await factsOf<Plan>(trx, 'child_protection_plan', people, ['cp_plan_start_date', 'id'])
  const reviews = await factsOf<{
    cp_review_date: string
    cp_review_outcome_continue_cp: boolean | null
    cp_review_participation: string | null
  }>(trx, 'child_protection_review', people, ['cp_review_date', 'id'])
  const enquiries = await factsOf<Enquiry>(trx, 'section_47', people, ['s47_start_date', 'id'])
  const conferences = await factsOf<{
    icpc_date: string
    icpc_transfer_in: boolean | null
    icpc_outcome_cp: boolean | null
  }>(trx, 'initial_conference', people, ['icpc_date', 'id'])
  const court = await factsOf<PreProceedings>(trx, 'pre_proceedings', people, ['pp_start_date', 'id'])
  return {
    drawing: drawTimeline({
      id: 'protection',
      title: 'Enquiries and plans',
      today: on,
      lanes: [
        {
          name: 'Section 47',
          spans: enquiries.map((one) => ({
            from: one.s47_start_date,
            to: one.s47_end_date ?? undefined,
            text: 'Enquiry',
            look: '5',
          })),
        },
        {
          name: 'Plan',
          spans: plans.map((one) => ({
            from: one.cp_plan_start_date,
            to: one.cp_plan_end_date ?? undefined,
            text: categoryOf(one),
            look: 'alarm' as const,
          })),
        },
      ],
    }),
    tables: [
      factTable({
        person,
        table: 'child_protection_plan',
        heading: 'Child protection plans',
        columns: [
          'Began',
          'Ended',
          'Category at the start',
          'Latest category',
          { text: 'Plans before, as reported', number: true },
        ],
        facts: plans,
        empty: 'No child protection plan is on record',
        cellsOf: (one) => [
          dayCell(one.cp_plan_start_date),
          dayCell(one.cp_plan_end_date),
          codeCell('category_of_abuse', one.cp_plan_initial_category),
          codeCell('category_of_abuse', one.cp_plan_latest_category),
          one.number_of_previous_cpp === null
            ? ''
            : {
                text: String(one.number_of_previous_cpp),
                sub: one.number_of_previous_cpp_source ?? undefined,
              },
        ],
      }),
      factTable({
        person,
        table: 'child_protection_review',
        heading: 'Reviews of the plan',
        columns: ['Held', 'The plan goes on', 'How the child took part'],
        facts: reviews,
        empty: 'No review of a child protection plan is on record',
        cellsOf: (one) => [
          dayCell(one.cp_review_date),
          yesNo(one.cp_review_outcome_continue_cp),
          codeCell('review_code', one.cp_review_participation),
        ],
      }),
      factTable({
        person,
        table: 'section_47',
        heading: 'Section 47 enquiries',
        columns: ['Began', 'Ended', 'Conference due', 'Ended without a conference'],
        facts: enquiries,
        empty: 'No section 47 enquiry is on record',
        cellsOf: (one) => [
          dayCell(one.s47_start_date),
          dayCell(one.s47_end_date),
          dayCell(one.initial_cpc_target),
          yesNo(one.icpc_not_required),
        ],
      }),
      factTable({
        person,
        table: 'initial_conference',
        heading: 'Initial child protection conferences',
        columns: ['Held', 'On moving here', 'A plan was made'],
        facts: conferences,
        empty: 'No initial conference is on record',
        cellsOf: (one) => [dayCell(one.icpc_date), yesNo(one.icpc_transfer_in), yesNo(one.icpc_outcome_cp)],
      }),
      factTable({
        person,
        table: 'pre_proceedings',
        heading: 'Before court',
        columns: [
          'Decided to begin',
          'Letter sent',
          'First meeting',
          'Decided how it ends',
          'Outcome',
          'To court',
        ],
        facts: court,
        empty: 'Nothing about pre-proceedings is on record',
        cellsOf: (one) => [
          dayCell(one.pp_start_date),
          dayCell(one.lbp_sent_date),
          dayCell(one.initial_pp_meeting_date),
          dayCell(one.step_decision_date),
          codeCell('pre_proceedings_outcome', one.pp_outcome),
          dayCell(one.court_app_date),
        ],
      }),
    ],
  }
}
