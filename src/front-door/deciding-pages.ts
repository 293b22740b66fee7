import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { clientWords } from '../access/sessions.ts'
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
  badFaithReasons,
  type DecisionTyped,
  decisionSchema,
  informedSchema,
  isReReferral,
  outcomeSchema,
  takeBackSchema,
  waitSchema,
} from './contact.ts'
import {
  type ContactKept,
  contactsTogether,
  decideContacts,
  decideReferrals,
  noteInformed,
  openReferral,
  peopleOfContact,
  proposeDecision,
  takeBackDecision,
  waitFor,
} from './contact-store.ts'
import { requestHelp } from './early-help-store.ts'
import { helpPathOf } from './help-links.ts'
import { paths } from './paths.ts'
import { type Known, knowAll, screeningGroups } from './people-told.ts'
import { type Actor, type State, stateWords, step } from './states.ts'
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
const groups = [...screeningGroups, 'F12', 'F36']
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Where a child’s contact stands in the table of practice 1.1. */
export function stateOf(one: Pick<ContactKept, 'state' | 'referral' | 'referralNfa' | 'outcomes'>): State {
  if (one.state !== 'decided') return one.state
  if (!one.referral) return 'closed'
  if (one.referralNfa) return 'referral-no-further-action'
  return one.outcomes.some((outcome) => outcome !== 'strategy-discussion')
    ? 'referral-taken-on'
    : 'referral-open'
}

interface OpenContact {
  readonly contacts: readonly ContactKept[]
  readonly opened: ReadonlyMap<string, Opened>
  readonly known: ReadonlyMap<string, Known>
  readonly named: readonly { person: string; as: string; home: boolean; known: Known | undefined }[]
  /** Children of the contact whose record is closed to this reader. */
  readonly closed: number
}

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
      return { work: (trx, account) => decided(trx, account, chosen, typed, by) }
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

  /** Writes a decision with all that follows of it, or a screener’s proposal. */
  async function decided(
    trx: Trx,
    account: string,
    chosen: readonly ContactKept[],
    typed: DecisionTyped,
    by: Actor,
  ): Promise<void> {
    const { decision, reason } = typed
    const ids = chosen.map(({ id }) => id)
    const today = dayOf(now())
    if (!by.decides) return proposeDecision(trx, ids, { decision, reason, account })
    await decideContacts(trx, ids, {
      decision,
      reason,
      threshold: typed.threshold ?? null,
      passedTo: decision === 'passed-to-another-authority' ? (typed.passedTo ?? null) : null,
      badFaithBecause: typed.badFaith ? (typed.badFaithBecause ?? null) : null,
      account,
      today,
      now: now(),
      outcomeWords: decisions[decision],
    })
    if (decision === 'early-help')
      for (const one of chosen)
        await requestHelp(trx, {
          person: one.person,
          from: 'contact',
          contact: one.id,
          referral: null,
          reason: typed.helpReason ?? reason,
          consentBy: typed.consentBy ?? one.consentWords ?? 'the family, as whoever told us said',
          consentOn: today,
          consentScope: null,
          account,
          today,
        })
    if (decision === 'referral' || decision === 'referral-and-strategy-discussion') {
      const to = await receiverOf(trx, typed.team)
      for (const one of chosen)
        await openReferral(trx, {
          person: one.person,
          contact: one.id,
          day: one.day,
          source: one.source,
          need: typed.need || null,
          reason,
          priority: typed.priority ?? null,
          team: to?.team ?? null,
          account: to?.account ?? null,
          outcomes: decision === 'referral' ? [] : ['strategy-discussion'],
        })
      if (to)
        await giveTo(
          trx,
          chosen.map(({ person }) => person),
          to,
          today,
        )
    }
    if (typed.told || typed.notToldBecause)
      await noteInformed(trx, ids, {
        on: today,
        how: typed.told ?? null,
        because: typed.told ? null : typed.notToldBecause!,
      })
  }

  /** Opens a contact’s children and those named, or refuses. */
  async function opening(request: FastifyRequest, action: 'view' | 'write'): Promise<OpenContact> {
    const session = sessionOf(request)
    const { together } = paths.contact.read(request)
    if (!uuid.test(together)) throw notFound()
    const { children, named } = await reading(db, session, (trx) => peopleOfContact(trx, together))
    if (children.length === 0) throw notFound()
    const asked = {
      purpose: action === 'write' ? 'deciding a contact' : 'reading a contact',
      groups,
      client: clientWords(request),
      correlation: request.id,
    }
    const answers = await openRecords(db, session, children, { ...asked, action })
    const opened = new Map(
      answers.flatMap((answer, n) => (answer.allowed ? [[children[n]!, answer] as const] : [])),
    )
    const refused = answers.find((answer) => !answer.allowed)
    if (opened.size === 0 && refused && !refused.allowed) throw refusalOf(refused)
    const { known } = await knowAll(
      request,
      [...opened.keys(), ...named.map(({ person }) => person)],
      asked.purpose,
    )
    const contacts = await reading(db, session, (trx) => contactsTogether(trx, together))
    return {
      contacts,
      opened,
      known,
      named: named.map((one) => ({ ...one, known: known.get(one.person) })),
      closed: children.length - contacts.length,
    }
  }

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
    const contact = await opening(request, 'write')
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
    const contact = await opening(request, 'view')
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

/** Why a decision may not stand for one of the children it is about, at its field; a proposal is held to the same. */
export function refusalOfDecision(
  chosen: readonly ContactKept[],
  typed: DecisionTyped,
  by: Actor,
): Record<string, string> | undefined {
  if (chosen.length === 0) return { child: 'Tick the children it is about' }
  for (const one of chosen) {
    const went = step(stateOf(one), {
      is: 'decide',
      // What a screener proposes has to be what a manager may decide.
      by: { ...by, decides: by.decides || by.worksHere },
      decision: typed.decision,
      reason: typed.reason.length > 0,
      consent: typed.consentBy ? 'given' : ((one.consent ?? undefined) as 'given' | undefined),
      openCase: one.openCase,
      threshold: Boolean(typed.threshold),
      priority: Boolean(typed.priority),
      passedTo: Boolean(typed.passedTo),
      ...(typed.badFaith ? { badFaith: { reasons: badFaithReasons(typed.badFaithBecause) } } : {}),
    })
    if ('why' in went)
      return {
        [typed.badFaith && !badFaithReasons(typed.badFaithBecause) ? 'badFaithBecause' : 'decision']:
          went.why,
      }
  }
  if (typed.badFaith && !by.decides) return { badFaith: 'A manager says this, with reasons' }
  return undefined
}
