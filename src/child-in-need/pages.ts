import type { FastifyPluginAsync } from 'fastify'
import { signers } from '../casework/due-decision-pages.ts'
import { duesOf } from '../casework/due-store.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { isoDay } from '../clocks/calendar.ts'
import { clockById } from '../clocks/clocks.ts'
import { labelOf } from '../codes/codes.ts'
import { codeCell, dayCell } from '../people/fact-words.ts'
import { factsOf } from '../people/facts-store.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { factTable, yesNo } from '../people/sources.ts'
import { drawTimeline } from '../web/components/timeline.ts'
import { paths } from './paths.ts'
import { planPages } from './plan-pages.ts'
import { plansOf } from './plan-store.ts'
import { factorsOf } from './store.ts'

/** Periods of need: referrals, assessments and child in need plans. */
export const pages: FastifyPluginAsync = async (app) => {
  app.get(paths.need.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.need.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about periods of need',
        groups: ['F11', 'F12'],
        heading: 'Periods of need',
        template: 'child-in-need/views/need.njk',
      },
      async (part) => ({ ...(await periodsOfNeed(person, part)), ...(await nowOf(person, part)) }),
    )
  })
  await app.register(planPages)
}

/** What is due of need, and where its plan is read or begun. */
async function nowOf(person: string, { trx, opened, session, knownAt }: OpenPart) {
  const plans = await plansOf(trx, opened.people)
  const [last] = plans
  const manages = session.roles.some((role) => (signers.roles as readonly string[]).includes(role))
  return {
    planHref: last && paths.plan({ person, plan: last.id }),
    planNewHref:
      !knownAt && opened.level === 'full' && manages && plans.every(({ end }) => end)
        ? paths.planNew({ person })
        : undefined,
    due: (await duesOf(trx, opened.people))
      .filter(
        ({ clock, state, dueOn }) =>
          /^(ASM|CINP|CINR|CINV)-/.test(clock) && state === 'open' && dueOn !== undefined,
      )
      .map(({ clock, dueOn }) => ({ name: clockById(clock).name, day: isoDay(dueOn!) })),
    dueHref: caseworkPaths.dueOfChild({ person }),
  }
}

interface Referral {
  referral_date: string
  referral_source_code: string | null
  cin_primary_need_code: string | null
  referral_nfa: boolean | null
  close_date: string | null
  close_reason: string | null
}
interface Assessment {
  assessment_start_date: string
  assessment_auth_date: string | null
  assessment_child_seen: boolean | null
}
interface Plan {
  cin_plan_start_date: string
  cin_plan_end_date: string | null
}

async function periodsOfNeed(person: string, { trx, opened, on }: OpenPart) {
  const { people } = opened
  const referrals = await factsOf<Referral>(trx, 'referral', people, ['referral_date', 'id'])
  const contacts = await factsOf<{
    contact_date: string
    contact_source_code: string | null
    contact_outcome: string | null
  }>(trx, 'contact', people, ['contact_date', 'id'])
  const assessments = await factsOf<Assessment>(trx, 'assessment', people, ['assessment_start_date', 'id'])
  const factors = await factorsOf(trx, people)
  const plans = await factsOf<Plan>(trx, 'cin_plan', people, ['cin_plan_start_date', 'id'])
  return {
    drawing: drawTimeline({
      id: 'need',
      title: 'Periods of need, assessments and plans',
      today: on,
      lanes: [
        {
          name: 'Referral',
          spans: referrals.map((one) => ({
            from: one.referral_date,
            to: one.referral_nfa ? (one.close_date ?? one.referral_date) : (one.close_date ?? undefined),
            text: one.referral_nfa ? 'No further action' : 'Child in need',
            more: one.cin_primary_need_code ? labelOf('primary_need', one.cin_primary_need_code) : undefined,
            look: '2',
          })),
        },
        {
          name: 'Assessment',
          spans: assessments.map((one) => ({
            from: one.assessment_start_date,
            to: one.assessment_auth_date ?? undefined,
            text: 'Assessment',
            look: '4',
          })),
        },
        {
          name: 'Plan',
          spans: plans.map((one) => ({
            from: one.cin_plan_start_date,
            to: one.cin_plan_end_date ?? undefined,
            text: 'Child in need plan',
            look: '3',
          })),
        },
      ],
    }),
    tables: [
      factTable({
        person,
        table: 'referral',
        heading: 'Referrals',
        columns: ['Received', 'From', 'Primary need', 'No further action', 'Closed', 'Why closed'],
        facts: referrals,
        empty: 'No referral is on record',
        cellsOf: (one) => [
          dayCell(one.referral_date),
          codeCell('referral_source', one.referral_source_code),
          codeCell('primary_need', one.cin_primary_need_code),
          yesNo(one.referral_nfa),
          dayCell(one.close_date),
          codeCell('reason_for_closure', one.close_reason),
        ],
      }),
      factTable({
        person,
        table: 'assessment',
        heading: 'Assessments',
        columns: ['Started', 'Signed off', 'Child seen', 'Factors'],
        facts: assessments,
        empty: 'No assessment is on record',
        cellsOf: (one) => [
          dayCell(one.assessment_start_date),
          dayCell(one.assessment_auth_date),
          yesNo(one.assessment_child_seen),
          (factors.get(one.id) ?? [])
            .map((code) => `${labelOf('assessment_factor', code)} (${code})`)
            .join('; '),
        ],
      }),
      factTable({
        person,
        table: 'cin_plan',
        heading: 'Child in need plans',
        columns: ['Began', 'Ended'],
        facts: plans,
        empty: 'No child in need plan is on record',
        cellsOf: (one) => [dayCell(one.cin_plan_start_date), dayCell(one.cin_plan_end_date)],
      }),
      factTable({
        person,
        table: 'contact',
        heading: 'Contacts',
        columns: ['Received', 'From', 'Outcome'],
        facts: contacts,
        empty: 'No contact is on record',
        cellsOf: (one) => [
          dayCell(one.contact_date),
          codeCell('referral_source', one.contact_source_code),
          one.contact_outcome,
        ],
      }),
    ],
  }
}
