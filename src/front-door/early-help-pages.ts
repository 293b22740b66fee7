import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { reading, writing } from '../access/reading.ts'
import { identityGroups } from '../people/identity-store.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { actorOf, frontDoorRoles } from './actor.ts'
import { openReferral } from './contact-store.ts'
import { addMeeting, type Help, helpOf, moveHelp, openNeed, requestHelp } from './early-help-store.ts'
import { paths } from './paths.ts'
import { type HelpEvent, helpStep, helpWords } from './states.ts'
import { giveTo, receiverOf, receivers } from './teams.ts'
import { endReasons, options, priorities, said } from './words.ts'

const view = 'front-door/views/early-help.njk'
const groups = [...identityGroups, 'F12']
const purpose = 'early help'

const cameFrom = {
  contact: 'A contact',
  'step-down': 'A step-down from social care',
  direct: 'A direct request',
} as const

const notAfterToday = { notAfterToday: 'Say it when it has happened' }
/** What each step asks. */
const asks = {
  accept: z
    .object({ lead: optionalText(100), leadWords: optionalText(200), organisation: optionalText(200) })
    .refine(({ lead, leadWords }) => lead || leadWords, {
      path: ['lead'],
      message: 'Say who leads: a worker here, or somebody of a partner',
    }),
  decline: z.object({ endWords: text('Say why it is not taken on', 1000) }),
  assessed: z.object({
    on: day('Say when it was finished', notAfterToday),
    organisation: optionalText(200),
    need: choice(['yes', 'no'], 'Say whether help is needed'),
    headline: optionalText(300),
  }),
  review: z.object({
    kind: choice(['team-around-family', 'review'], 'Say what it was'),
    on: day('Say when it was', notAfterToday),
    words: text('Say what was found and what goes on', 4000),
    headline: optionalText(300),
  }),
  'withdraw-consent': z.object({ on: day('Say since when', notAfterToday) }),
  'agree-again': z.object({ consentBy: text('Say who agrees again', 200) }),
  close: z.object({
    endReason: choice(Object.keys(endReasons) as [string, ...string[]], 'Say why it ends'),
    endWords: text('Say what became of it', 2000),
  }),
  'ask-step-up': z.object({ reason: text('Say what has changed', 4000) }),
} as const
type StepName = keyof typeof asks

const requestSchema = z.object({
  reason: text('Say what help is asked for', 1000),
  consentBy: text('Say who agreed', 200),
  consentOn: optionalDay(notAfterToday),
  consentScope: optionalText(300),
  headline: optionalText(300),
  stepDown: tick(),
})
const stepUpSchema = z.object({
  reason: text('Say which threshold is met, and why', 4000),
  priority: choice(Object.keys(priorities) as [string, ...string[]], 'Say how soon'),
  team: optionalText(100),
})

/** Early help and family help: asked for, taken on, assessed, planned, reviewed, ended or stepped up; one record all the way. */
export const earlyHelpPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.help.pattern, open, (request, reply) =>
    show(request, reply, paths.help.read(request).person, blankForm({ consentOn: 'today', on: 'today' })),
  )

  app.post(paths.helpNew.pattern, open, async (request, reply) => {
    const { person } = paths.helpNew.read(request)
    const session = sessionOf(request)
    const by = actorOf(session.roles)
    const form = parseForm(requestSchema, request.body)
    if (!form.ok) return show(request, reply, person, form)
    const opened = await openToWrite(request, reply, person)
    if (!opened) return reply
    const { need, helps } = await reading(db, session, async (trx) => ({
      need: await openNeed(trx, opened.people),
      helps: await helpOf(trx, opened.people),
    }))
    const wrong = (words: string) => show(request, reply, person, withErrors(form, { reason: words }))
    if (helps.some(({ endedOn }) => !endedOn)) return wrong('Early help is open already: go on with it')
    if (need && !form.value.stepDown)
      return wrong('The case is open to social care: ask for a step-down, or leave the help with its worker')
    const from = need && form.value.stepDown ? 'step-down' : 'direct'
    const went = helpStep('none', {
      is: 'request',
      reason: true,
      consent: true,
      manager: by.manages || by.decides,
      from,
    })
    if ('why' in went) return wrong(went.why)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await requestHelp(trx, {
          person,
          from,
          contact: null,
          referral: from === 'step-down' ? need!.id : null,
          reason: form.value.reason,
          consentBy: form.value.consentBy,
          consentOn: form.value.consentOn ?? dayOf(now()),
          consentScope: form.value.consentScope ?? null,
          account: session.account.id,
          today: dayOf(now()),
          headline: form.value.headline ?? null,
        })
        return paths.help({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.helpStep.pattern, open, async (request, reply) => {
    const { person, help: id, step } = paths.helpStep.read(request)
    if (!Object.hasOwn(asks, step)) throw notFound()
    const session = sessionOf(request)
    const form = parseForm(
      asks[step as StepName] as z.ZodType<Record<string, string | undefined>>,
      request.body,
    )
    if (!form.ok) return show(request, reply, person, form)
    const opened = await openToWrite(request, reply, person)
    if (!opened) return reply
    const help = (await reading(db, session, (trx) => helpOf(trx, opened.people))).find(
      (one) => one.id === id,
    )
    if (!help) throw notFound()
    const typed = form.value
    const today = dayOf(now())
    const { manages, decides } = actorOf(session.roles)
    const went = helpStep(help.state, eventOf(step as StepName, typed, manages || decides))
    if ('why' in went)
      return show(request, reply, person, withErrors(form, { [Object.keys(typed)[0] ?? '']: went.why }))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const lead = step === 'accept' ? await receiverOf(trx, typed.lead) : undefined
        if (step === 'review')
          await addMeeting(trx, {
            person: help.person,
            help: id,
            kind: typed.kind!,
            day: typed.on!,
            words: typed.words!,
          })
        await moveHelp(trx, id, {
          state: went.to,
          ...rowOf(step as StepName, typed, {
            today,
            account: session.account.id,
            to: went.to,
            lead: lead?.account ?? null,
            help,
          }),
        })
        // The lead practitioner answers for the family from that day, whatever their discipline.
        if (lead && opened.writable.includes('F26')) await giveTo(trx, [help.person], lead, today)
        return paths.help({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.stepUp.pattern, { config: { access: frontDoorRoles } }, async (request, reply) => {
    const { person, help: id } = paths.stepUp.read(request)
    const session = sessionOf(request)
    const form = parseForm(stepUpSchema, request.body)
    if (!form.ok) return show(request, reply, person, form)
    const opened = await openToWrite(request, reply, person, ['F11', 'F26'])
    if (!opened) return reply
    const { help, need } = await reading(db, session, async (trx) => ({
      help: (await helpOf(trx, opened.people)).find((one) => one.id === id),
      need: await openNeed(trx, opened.people),
    }))
    if (!help) throw notFound()
    const went = helpStep(help.state, {
      is: 'step-up',
      decides: actorOf(session.roles).decides,
      asked: help.stepUpAskedOn !== null,
      openCase: need !== undefined,
    })
    if ('why' in went) return show(request, reply, person, withErrors(form, { reason: went.why }))
    const today = dayOf(now())
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const to = await receiverOf(trx, form.value.team)
        // ReferralSource 5D: the council’s early help. What early help found goes on under the same record.
        await openReferral(trx, {
          person: help.person,
          contact: help.contact,
          day: help.stepUpAskedOn!,
          source: '5D',
          need: null,
          reason: form.value.reason,
          priority: form.value.priority,
          team: to?.team ?? null,
          account: to?.account ?? null,
          outcomes: [],
        })
        await moveHelp(trx, id, {
          state: 'stepped-up',
          ended_on: today,
          end_reason: 'stepped-up',
          end_words: form.value.reason,
          ended_by: session.account.id,
        })
        if (to) await giveTo(trx, [help.person], to, today)
        return paths.help({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function openToWrite(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
    more: readonly string[] = [],
  ) {
    const opened = await openOrRefuse(request, reply, person, {
      purpose,
      groups: [...groups, ...more],
      action: 'write',
    })
    if (opened && !opened.writable.includes('F12'))
      throw refuse(403, 'You may read this record and not write on it')
    return opened
  }

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
    form: FormView,
  ): Promise<unknown> {
    if (form.summary.length > 0) reply.code(422)
    const by = actorOf(sessionOf(request).roles)
    return showPart(
      request,
      reply,
      { person, purpose, groups: ['F12', 'F11'], heading: 'Early help', template: view },
      async ({ trx, opened, open: isOpen }) => {
        const helps = await helpOf(trx, opened.people)
        const need = await openNeed(trx, opened.people)
        return {
          form,
          by,
          readable: isOpen('F12'),
          need,
          helps: helps.map((one) => ({
            ...one,
            stateWords: helpWords[one.state],
            fromWords: cameFrom[one.from],
            endWordsOf: said(endReasons, one.endReason),
          })),
          current: helps.find(({ endedOn }) => !endedOn),
          newHref: paths.helpNew({ person }),
          stepHref: (help: string, name: string) => paths.helpStep({ person, help, step: name }),
          stepUpHref: (help: string) => paths.stepUp({ person, help }),
          endReasons: options(endReasons),
          priorities: options(priorities),
          teams: await receivers(trx),
        }
      },
    )
  }
}

type Typed = Readonly<Record<string, string | undefined>>

function eventOf(step: StepName, typed: Typed, manager: boolean): HelpEvent {
  switch (step) {
    case 'accept':
      return { is: 'accept', lead: Boolean(typed.lead || typed.leadWords) }
    case 'decline':
      return { is: 'decline', manager, reason: Boolean(typed.endWords) }
    case 'assessed':
      return { is: 'assessed', manager, need: typed.need === 'yes', headline: Boolean(typed.headline) }
    case 'review':
      return { is: 'review', words: Boolean(typed.words) }
    case 'agree-again':
      return { is: 'agree-again', manager }
    case 'close':
      return { is: 'close', manager, reason: Boolean(typed.endReason) }
    case 'ask-step-up':
      return { is: 'ask-step-up', reason: Boolean(typed.reason) }
    case 'withdraw-consent':
      return { is: 'withdraw-consent' }
  }
}

/** What a step writes beside the state. */
function rowOf(
  step: StepName,
  typed: Typed,
  {
    today,
    account,
    to,
    lead,
    help,
  }: { today: string; account: string; to: string; lead: string | null; help: Help },
): Record<string, string | null> {
  const ends: Record<string, string> = to === 'closed' ? { ended_on: today, ended_by: account } : {}
  switch (step) {
    case 'accept':
      return {
        lead_account_id: lead,
        lead_words: typed.leadWords ?? null,
        organisation: typed.organisation ?? null,
        accepted_on: today,
        accepted_by: account,
      }
    case 'decline':
      return { ...ends, end_reason: 'no-need', end_words: typed.endWords ?? null }
    case 'assessed':
      return {
        assessment_on: typed.on!,
        assessed_by_organisation: typed.organisation ?? null,
        agreed_by: account,
        plan_headline: typed.headline ?? help.headline,
        ...(to === 'closed' ? { ...ends, end_reason: 'no-need' } : {}),
      }
    case 'review':
      return typed.headline ? { plan_headline: typed.headline } : {}
    case 'withdraw-consent':
      return { consent_withdrawn_on: typed.on! }
    case 'agree-again':
      return { consent_by: typed.consentBy!, consent_on: today, consent_withdrawn_on: null }
    case 'close':
      return { ...ends, end_reason: typed.endReason!, end_words: typed.endWords ?? null }
    case 'ask-step-up':
      return { step_up_asked_on: today, step_up_reason: typed.reason ?? null }
  }
}
