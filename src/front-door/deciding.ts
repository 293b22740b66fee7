import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { clientWords } from '../access/sessions.ts'
import { notFound } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { badFaithReasons, type DecisionTyped } from './contact.ts'
import {
  type ContactKept,
  contactsTogether,
  decideContacts,
  noteInformed,
  openReferral,
  peopleOfContact,
  proposeDecision,
} from './contact-store.ts'
import { requestHelp } from './early-help-store.ts'
import { type Known, knowAll, screeningGroups } from './people-told.ts'
import { type Actor, type State, step } from './states.ts'
import { giveTo, receiverOf } from './teams.ts'
import { decisions } from './words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

const groups = [...screeningGroups, 'F12', 'F25', 'F36']
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

export interface OpenContact {
  readonly contacts: readonly ContactKept[]
  readonly opened: ReadonlyMap<string, Opened>
  readonly known: ReadonlyMap<string, Known>
  readonly named: readonly { person: string; as: string; home: boolean; known: Known | undefined }[]
  /** Children of the contact whose record is closed to this reader. */
  readonly closed: number
}

/** Opens a contact’s children and those named, or refuses. */
export async function openContact(
  request: FastifyRequest,
  together: string,
  action: 'view' | 'write',
): Promise<OpenContact> {
  const session = sessionOf(request)
  const { db } = request.server.deps
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

/** Writes a decision with all that follows of it, or a screener’s proposal. */
export async function writeDecision(
  trx: Trx,
  chosen: readonly ContactKept[],
  typed: DecisionTyped,
  by: Actor,
  { account, now }: { account: string; now: Date },
): Promise<void> {
  const { decision, reason } = typed
  const ids = chosen.map(({ id }) => id)
  const today = dayOf(now)
  if (!by.decides) return proposeDecision(trx, ids, { decision, reason, account })
  await decideContacts(trx, ids, {
    decision,
    reason,
    threshold: typed.threshold ?? null,
    passedTo: decision === 'passed-to-another-authority' ? (typed.passedTo ?? null) : null,
    badFaithBecause: typed.badFaith ? (typed.badFaithBecause ?? null) : null,
    account,
    today,
    now,
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
