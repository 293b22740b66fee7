import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { reading, writing } from '../access/reading.ts'
import { codeSet, labelOf } from '../codes/codes.ts'
import { originWords } from '../people/origins.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { actorOf, frontDoorRoles, readers } from './actor.ts'
import {
  decisionSchema,
  informedSchema,
  isReReferral,
  outcomeSchema,
  takeBackSchema,
  waitSchema,
} from './contact.ts'
import { decideReferrals, noteInformed, takeBackDecision, waitFor } from './contact-store.ts'
import { type OpenContact, openContact, refusalOfDecision, stateOf, writeDecision } from './deciding.ts'
import { helpPathOf } from './help-links.ts'
import { paths } from './paths.ts'
import { type Actor, stateWords, step } from './states.ts'
import { giveTo, receiverOf, receivers } from './teams.ts'
import {
  consents,
  decisions,
  informedHows,
  knows,
  methods,
  namedAs,
  options,
  priorities,
  type ReferralOutcome,
  referralOutcomes,
  safety,
  said,
  thresholds,
} from './words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

const view = 'front-door/views/contact.njk'

/** A contact: what was told, who is in it, what is decided and what follows. */
export const decidingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: readers } } as const
  const working = { config: { access: frontDoorRoles } } as const

  app.get(paths.contact.pattern, open, async (request, reply) =>
    show(request, reply, blankForm({ need: '' })),
  )

  app.post(paths.decide.pattern, working, (request, reply) =>
    act(request, reply, decisionSchema, async (typed, { contacts }, by) => {
      const chosen = contacts.filter(({ person }) => typed.child.length === 0 || typed.child.includes(person))
      const refusal = refusalOfDecision(chosen, typed, by)
      if (refusal) return { wrong: refusal }
      return { work: (trx, account) => writeDecision(trx, chosen, typed, by, { account, now: now() }) }
    }),
  )
  app.post(paths.wait.pattern, working, (request, reply) =>
    act(request, reply, waitSchema, async (typed, { contacts }, by) => {
      const asked = contacts.filter(({ state }) => state !== 'decided')
      for (const one of asked) {
        const went = step(stateOf(one), {
          is: 'ask-information',
          by,
          consent: (one.consent ?? undefined) as 'given' | undefined,
          consentBecause: Boolean(typed.consentWords ?? one.consentWords),
          waitingFor: true,
        })
        if ('why' in went) return { wrong: { waitingFor: went.why } }
      }
      return {
        work: (trx) =>
          waitFor(
            trx,
            asked.map(({ id }) => id),
            typed.waitingFor,
            typed.consentWords ?? null,
          ),
      }
    }),
  )
  app.post(`${paths.wait.pattern}/over`, working, (request, reply) =>
    act(request, reply, z.object({}), async (_, { contacts }, by) => {
      const waiting = contacts.filter(({ state }) => state === 'awaiting-information')
      for (const one of waiting) {
        const went = step(stateOf(one), { is: 'information-came', by })
        if ('why' in went) return { wrong: { waitingFor: went.why } }
      }
      return {
        work: (trx) =>
          waitFor(
            trx,
            waiting.map(({ id }) => id),
            null,
            null,
          ),
      }
    }),
  )
  app.post(paths.takeBack.pattern, working, (request, reply) =>
    act(request, reply, takeBackSchema, async (typed, { contacts }, by) => {
      const today = dayOf(now())
      const closed = contacts.filter(({ state }) => state === 'decided')
      for (const one of closed) {
        const went = step(stateOf(one), {
          is: 'take-back',
          by,
          sameDay: one.decidedOn === today,
          reason: true,
        })
        if ('why' in went) return { wrong: { reason: went.why } }
      }
      return {
        work: (trx, account) =>
          takeBackDecision(
            trx,
            closed.map(({ id }) => id),
            typed.reason,
            account,
          ),
      }
    }),
  )
  app.post(paths.informed.pattern, working, (request, reply) =>
    act(request, reply, informedSchema, async (typed, { contacts }) => ({
      work: (trx) =>
        noteInformed(
          trx,
          contacts.map(({ id }) => id),
          {
            on: typed.on ?? dayOf(now()),
            how: typed.told ?? null,
            because: typed.told ? null : (typed.notToldBecause ?? null),
          },
        ),
    })),
  )
  app.post(paths.outcome.pattern, { config: { access: readers } }, (request, reply) =>
    act(request, reply, outcomeSchema, async (typed, { contacts }, by) => {
      const chosen = contacts.filter(
        ({ person, referral }) => referral && (typed.child.length === 0 || typed.child.includes(person)),
      )
      if (chosen.length === 0) return { wrong: { outcome: 'There is no referral to decide about' } }
      const outcomes = typed.outcome.filter((one): one is ReferralOutcome => one !== 'no-further-action')
      const nothing = typed.outcome.includes('no-further-action')
      if (nothing && outcomes.length > 0)
        return { wrong: { outcome: 'Either nothing follows, or something does' } }
      for (const one of chosen) {
        const went = nothing
          ? step(stateOf(one), {
              is: 'refer-no-further-action',
              by,
              reason: true,
              anythingFollowed: one.outcomes.length > 0 || one.openCase,
            })
          : step(stateOf(one), { is: 'refer-outcome', by, outcomes, reason: true, team: Boolean(typed.team) })
        if ('why' in went) return { wrong: { outcome: went.why } }
      }
      return {
        async work(trx, account) {
          const to = await receiverOf(trx, typed.team)
          await decideReferrals(
            trx,
            chosen.map(({ referral }) => referral!),
            {
              outcomes: nothing
                ? 'no-further-action'
                : [...new Set([...chosen.flatMap((one) => one.outcomes), ...outcomes])],
              reason: typed.reason,
              account,
              today: dayOf(now()),
              team: to?.team ?? null,
              worker: to?.account ?? null,
            },
          )
          if (to)
            await giveTo(
              trx,
              chosen.map(({ person }) => person),
              to,
              dayOf(now()),
            )
        },
      }
    }),
  )

  interface Wrong {
    readonly wrong: Record<string, string>
  }
  interface Work {
    work(trx: Trx, account: string): Promise<unknown>
  }

  /** One way to do something with a contact: the form read, the record opened to write, the model asked, all in one transaction. */
  async function act<S extends z.ZodType>(
    request: FastifyRequest,
    reply: FastifyReply,
    schema: S,
    decide: (typed: z.output<S>, contact: OpenContact, by: Actor) => Promise<Wrong | Work>,
  ): Promise<unknown> {
    const session = sessionOf(request)
    const { together } = paths.contact.read(request)
    const form = parseForm(schema, request.body)
    if (!form.ok) return show(request, reply, form)
    const contact = await openContact(request, paths.contact.read(request).together, 'write')
    const answer = await decide(form.value, contact, actorOf(session.roles))
    if ('wrong' in answer) return show(request, reply, withErrors(form, answer.wrong))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await answer.work(trx, session.account.id)
        return paths.contact({ together })
      }),
    )
    return reply.redirect(next, 303)
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: FormView): Promise<unknown> {
    const session = sessionOf(request)
    const by = actorOf(session.roles)
    const contact = await openContact(request, paths.contact.read(request).together, 'view')
    const first = contact.contacts[0]
    if (!first) throw notFound()
    const teams = by.worksHere || by.manages ? await reading(db, session, receivers) : []
    const states = contact.contacts.map(stateOf)
    const page = {
      title: `Contact about ${contact.contacts.map(({ person }) => contact.known.get(person)?.name ?? 'a child').join(', ')}`,
      width: 'data' as const,
      form,
      first,
      by,
      together: paths.contact.read(request).together,
      closed: contact.closed,
      children: contact.contacts.map((one, n) => ({
        ...one,
        known: contact.known.get(one.person),
        href: peoplePaths.record({ person: one.person }),
        helpHref: helpPathOf(one.person),
        stateWords: stateWords[states[n]!],
        stage: states[n],
        reReferral: isReReferral(one.referralDate ?? one.day, one.earlierReferrals),
        decisionWords: said(decisions, one.decision),
        outcomeWords: one.outcomes.map((outcome) => said(referralOutcomes, outcome)),
      })),
      named: contact.named.map((one) => ({ ...one, asWords: said(namedAs, one.as) })),
      paragraphs: first.paragraphs.map((one) => ({
        ...one,
        originWords: originWords[one.origin as keyof typeof originWords],
      })),
      proposedWords: said(decisions, first.proposed),
      deciding: states.some((state) => state === 'screening' || state === 'awaiting-information'),
      waiting: states.includes('awaiting-information'),
      referred: states.some((state) => state === 'referral-open' || state === 'referral-taken-on'),
      mayTakeBack: by.decides && states.includes('closed') && first.decidedOn === dayOf(now()),
      reach: first.source ? labelOf('referral_source', first.source) : 'Not said',
      words: {
        method: said(methods, first.method),
        safe: said(safety, first.safe),
        consent: said(consents, first.consent),
        knows: said(knows, first.knows),
        threshold: said(thresholds, first.threshold),
        informed: said(informedHows, first.informedHow),
      },
      decisions: Object.entries(decisions).map(([value, text], n) => ({ value, text, keys: `d ${n + 1}` })),
      thresholds: options(thresholds),
      priorities: options(priorities),
      informedHows: options(informedHows),
      outcomes: options(referralOutcomes),
      needs: codeSet('primary_need').codes.map(({ code, label }) => ({
        value: code,
        text: `${code} ${label}`,
      })),
      teams,
    }
    return form.summary.length > 0 ? reply.again(view, page) : reply.page(view, page)
  }
}
