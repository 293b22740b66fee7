import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { blankForm, type FormView } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { emergencies } from './emergency-store.ts'
import { type Asked, type Opened, openRecord } from './opening.ts'
import { reasonFor } from './reasons.ts'
import { type Refused, refusalOf } from './refusal.ts'
import { clientWords } from './sessions.ts'

/** What a page asks for; reason, client and reference are taken from the request. */
export type AskedByPage = Omit<Asked, 'reason' | 'client' | 'correlation'>

export interface OpenedForPage extends Opened {
  /** A reason would open more of it: lead to `paths.reason` (for emergency duty, whose work may be about any child). */
  readonly mayOpenMore: boolean
}

// 'Not there' is said on the beat, whichever of its causes was found first: how long it took tells nothing.
const beat = 100

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Opens part of a record for a page, or answers with the page that says why not and what can be done.
 *
 *     const opened = await openOrRefuse(request, reply, person, { purpose: 'reading the record' })
 *     if (!opened) return reply
 *
 * @returns what was opened; undefined when the answer has been sent
 * @throws Refusal 404, the same words and after the same time for who is not there and who must not be known to be
 */
export async function openOrRefuse(
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
  asked: AskedByPage,
): Promise<OpenedForPage | undefined> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const started = performance.now()
  const reason = reasonFor(request, person)
  const opened = uuid.test(person)
    ? await openRecord(db, session, person, {
        ...asked,
        reason,
        client: clientWords(request),
        correlation: request.id,
      })
    : notThere
  if (opened.allowed) {
    const mayOpenMore = !reason && opened.level !== 'full' && (await maySayWhy(db, session.roles))
    return { ...opened, mayOpenMore }
  }
  if (opened.why === 'not-found') {
    await wait(beat - ((performance.now() - started) % beat))
    throw refusalOf(opened)
  }
  await showRefusal(request, reply, person, opened, asked)
  return undefined
}

let askedWhy: Promise<readonly string[]> | undefined

/** Whether one of these roles opens more for a reason. Policy is data that changes with a migration: read once. */
async function maySayWhy(db: Connection, roles: readonly string[]): Promise<boolean> {
  askedWhy ??= sql<{ role: string }>`
    select distinct role from access.role_reach where needs_reason and (to_day is null or to_day >= current_date)`
    .execute(db)
    .then(({ rows }) => rows.map(({ role }) => role))
  askedWhy.catch(() => {
    askedWhy = undefined
  })
  const found = await askedWhy
  return roles.some((role) => found.includes(role))
}

const notThere: Refused = { allowed: false, why: 'not-found', mayAskEmergency: false }

/** Common reasons, so that one tap is enough in a hurry; the trail keeps the words. */
export const commonReasons = [
  'Somebody has called about this child',
  'Somebody is worried about this child now',
  'A colleague or another agency needs a fact checked',
  'A complaint, a request or an incident',
] as const

async function showRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
  refused: Refused,
  asked: AskedByPage,
): Promise<void> {
  const mine =
    asked.action === 'write'
      ? (await emergencies(request.server.deps.db, sessionOf(request))).find(
          (one) => one.mine && one.open && !one.writing && one.person === person,
        )
      : undefined
  const { title = 'This is not open to you', message: words } = refusalOf(refused)
  // Not awaited: a reply is done only when it has been sent.
  reply.code(403).page('access/views/refused.njk', {
    title: mine ? 'You are reading in an emergency' : title,
    width: 'writing',
    words,
    why: refused.why,
    mayAskEmergency: refused.mayAskEmergency,
    mine,
    person,
    back: request.method === 'GET' ? request.url : undefined,
    reasons: commonReasons,
    form: blankForm(),
  })
}

/** The page that asks for a reason, by itself: where a summary is open and a reason would open more. */
export function showReason(
  reply: FastifyReply,
  person: string,
  back: string,
  form: FormView = blankForm(),
): FastifyReply {
  const data = {
    title: 'Say why',
    width: 'writing' as const,
    words: 'Your role may open more of this record for a reason you give. The reason goes on record.',
    why: 'reason-needed',
    person,
    back,
    reasons: commonReasons,
    form,
  }
  const view = 'access/views/refused.njk'
  return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
}
