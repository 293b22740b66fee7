import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { reading, writing } from '../access/reading.ts'
import { fileDocuments } from '../casework/documents/documents-store.ts'
import { keepFor, type TakenIn } from '../casework/documents/vault.ts'
import { codeSet, labelOf } from '../codes/codes.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, nest, parseForm, text, withErrors } from '../web/form.ts'
import { localAddress } from '../web/paths.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { actorOf, frontDoorRoles } from './actor.ts'
import {
  beingTold,
  type ContactTyped,
  contactSchema,
  type DecisionTyped,
  decisionSchema,
  isAbout,
} from './contact.ts'
import type { ContactKept } from './contact-store.ts'
import { openContact, refusalOfDecision, writeDecision } from './deciding.ts'
import { fileContact, wrongWithPeople } from './filing.ts'
import { contactValues, folded, withChoices } from './notification.ts'
import { paths } from './paths.ts'
import { lookAtPeople, type PeopleTold } from './people-told.ts'
import {
  attachmentsFiled,
  endNotification,
  type OpenNotification,
  openNotification,
  waiting,
} from './queue-store.ts'
import { receivers } from './teams.ts'
import {
  decisions,
  informedHows,
  options,
  originOfSource,
  priorities,
  safety,
  said,
  thresholds,
} from './words.ts'

const view = 'front-door/views/triage.njk'
const purpose = 'looking at a notification'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The queue of notifications: one after the other, by keyboard; nothing that came is typed again. */
export const queuePages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: frontDoorRoles } } as const

  app.get(paths.queue.pattern, open, async (request, reply) => {
    const list = await reading(db, sessionOf(request), waiting)
    return reply.page('front-door/views/queue.njk', {
      title: 'Queue',
      back: backOf(request),
      list: list.map((one) => ({
        ...one,
        href: paths.notification({ notification: one.id }),
        from: one.sender ?? labelOf('referral_source', one.source),
      })),
    })
  })

  app.get(paths.notification.pattern, open, async (request, reply) =>
    show(request, reply, await opened(request)),
  )

  app.post(paths.notification.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const by = actorOf(session.roles)
    const one = await opened(request)
    if (one.state !== 'waiting' || !one.told) return reply.redirect(paths.queue(), 303)
    const form = parseForm(contactSchema, withChoices(valuesOf(one), request.body))
    if (!form.ok) return show(request, reply, one, form)
    const looked = await lookAtPeople(request, form.value, purpose)
    const wrong = wrongWithPeople(form.value, looked, by)
    const decision = (request.body as { decision?: string }).decision
      ? parseForm(decisionSchema, withChoices({}, request.body))
      : undefined
    const refused =
      decision && !decision.ok
        ? decision.errors
        : decision?.ok
          ? refusalOfDecision(asContacts(form.value, looked), decision.value, by)
          : undefined
    if (Object.keys(wrong).length > 0 || refused)
      return show(request, reply, one, withErrors(form, { ...wrong, ...refused }))
    const answer: { filed?: { together: string; children: string[] } } = {}
    const filed = await fileContact(
      request,
      form,
      form.value,
      looked,
      async (trx, { together, children }) => {
        if (!(await endNotification(trx, one.id, 'filed', null, together)))
          throw refuse(409, 'Somebody else has just filed or set this aside. Go on with the next one.', {
            next: { text: 'The queue', href: paths.queue() },
          })
        answer.filed = { together, children }
        return undefined
      },
    )
    if ('form' in filed) return show(request, reply, one, filed.form)
    // The contact stands, and with it the right to write on these records: what hangs on that comes second.
    if (answer.filed) {
      if (decision?.ok) await decideFiled(request, answer.filed.together, decision.value)
      await fileAttachments(request, one, answer.filed.children)
    }
    return reply.redirect(await nextAfter(request, one.id, filed.next), 303)
  })

  app.post(paths.setAside.pattern, open, async (request, reply) => {
    const { notification } = paths.setAside.read(request)
    const form = parseForm(z.object({ because: text('Say why it is set aside', 500) }), request.body)
    if (!form.ok) return show(request, reply, await opened(request), form)
    await writing(db, sessionOf(request), (trx) =>
      endNotification(trx, notification, 'set-aside', form.value.because, null),
    )
    return reply.redirect(await nextAfter(request, notification, paths.notification({ notification })), 303)
  })

  app.post(paths.putBack.pattern, open, async (request, reply) => {
    const { notification } = paths.putBack.read(request)
    await writing(db, sessionOf(request), (trx) => endNotification(trx, notification, 'waiting', null, null))
    return reply.redirect(paths.notification({ notification }), 303)
  })

  // Somebody chosen: what is known of them, and who lives with them.
  app.post(paths.notificationLikely.pattern, open, async (request, reply) => {
    const one = await opened(request)
    if (!one.told) throw notFound()
    return reply.fragment('front-door/views/people-told.njk', {
      looked: await lookAtPeople(
        request,
        beingTold.parse(nest(withChoices(valuesOf(one), request.body))),
        purpose,
      ),
      form: { errors: {} },
    })
  })

  async function opened(request: FastifyRequest): Promise<OpenNotification> {
    const { notification } = paths.notification.read(request)
    const found = uuid.test(notification)
      ? await openNotification(db, sessionOf(request), notification)
      : undefined
    if (!found) throw notFound()
    return found
  }

  async function decideFiled(request: FastifyRequest, together: string, typed: DecisionTyped): Promise<void> {
    const session = sessionOf(request)
    const { contacts } = await openContact(request, together, 'write')
    await writing(db, session, (trx) =>
      writeDecision(trx, contacts, typed, actorOf(session.roles), {
        account: session.account.id,
        now: now(),
      }),
    )
  }

  /** Files that came with it are documents of each child it is about; their keys are wrapped anew for them. */
  async function fileAttachments(
    request: FastifyRequest,
    one: OpenNotification,
    children: readonly string[],
  ): Promise<void> {
    const vault = app.deps.documents
    if (!vault || one.attachments.length === 0) return
    const taken: { id: string; taken: TakenIn }[] = []
    for (const { id, stored, fileName, media, size, sha256, notification } of one.attachments) {
      const key = await vault.keys.unwrap({ stored, person: notification })
      // Gone or changed meanwhile: the check of the vault tells, and the contact stands all the same.
      if (!key) continue
      taken.push({
        id,
        taken: { stored, fileName, type: { media, marks: [] }, size, sha256, key, whole: undefined },
      })
    }
    for (const each of taken) await keepFor(vault, each.taken, children)
    await writing(db, sessionOf(request), async (trx) => {
      await fileDocuments(
        trx,
        children,
        taken.map((each) => ({
          taken: each.taken,
          parts: [],
          kind: 'other',
          title: each.taken.fileName,
          documentDate: undefined,
          from: one.sender ?? undefined,
        })),
        {
          receivedOn: dayOf(one.receivedAt),
          origin: originOfSource(one.source),
          origin_words: null,
          ask_first: one.source === '6',
          childMayRead: false,
          parentMayRead: false,
        },
      )
      await attachmentsFiled(
        trx,
        taken.map(({ id }) => id),
      )
    })
    // From here on only the children's own keys open it.
    for (const {
      taken: { stored },
    } of taken)
      await vault.keys.destroy({
        stored,
        person: one.attachments.find((each) => each.stored === stored)!.notification,
      })
  }

  /** The next that waits, with a way back to what was just done. */
  async function nextAfter(request: FastifyRequest, done: string, back: string): Promise<string> {
    const list = await reading(db, sessionOf(request), waiting)
    const next = list.find(({ id }) => id !== done)
    return next ? paths.notification({ notification: next.id }, { back }) : paths.queue({ back })
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    one: OpenNotification,
    form: FormView = blankForm(),
  ): Promise<unknown> {
    const session = sessionOf(request)
    const { list, teams } = await reading(db, session, async (trx) => ({
      list: await waiting(trx),
      teams: await receivers(trx),
    }))
    const at = list.findIndex(({ id }) => id === one.id)
    const linkTo = (n: number) => (list[n] ? paths.notification({ notification: list[n].id }) : undefined)
    const told = one.told ? folded(one.told, one.also) : undefined
    const looked = told
      ? await lookAtPeople(request, beingTold.parse(nest(withChoices(valuesOf(one), request.body))), purpose)
      : undefined
    const page = {
      title: `Notification${one.incident ? ` ${one.incident}` : ''}`,
      width: 'data' as const,
      form: { ...form, values: { ...form.values, ...((request.body ?? {}) as object) } },
      by: actorOf(session.roles),
      one,
      told,
      looked,
      from: one.sender ?? told?.agency,
      source: labelOf('referral_source', one.source),
      safeWords: said(safety, told?.safe ?? 'unknown'),
      place: at + 1,
      total: list.length,
      previous: linkTo(at - 1),
      next: linkTo(at + 1),
      back: backOf(request),
      likelyHref: paths.notificationLikely({ notification: one.id }),
      filedBefore: one.filedTogether ? paths.contact({ together: one.filedTogether }) : undefined,
      action: paths.notification({ notification: one.id }),
      setAside: paths.setAside({ notification: one.id }),
      putBack: paths.putBack({ notification: one.id }),
      decisions: Object.entries(decisions).map(([value, words], n) => ({
        value,
        text: words,
        keys: `d ${n + 1}`,
      })),
      thresholds: options(thresholds),
      priorities: options(priorities),
      informedHows: options(informedHows),
      needs: codeSet('primary_need').codes.map(({ code, label }) => ({
        value: code,
        text: `${code} ${label}`,
      })),
      teams,
    }
    return form.summary.length > 0 ? reply.again(view, page) : reply.page(view, page)
  }
}

const valuesOf = (one: OpenNotification): Record<string, string> =>
  contactValues(folded(one.told!, one.also), {
    channel: one.channel,
    source: one.source,
    receivedAt: one.receivedAt,
    agency: one.sender,
  })

/** The contacts that filing would make, as far as a decision looks at them: refused before anything is written. */
function asContacts(typed: ContactTyped, looked: PeopleTold): ContactKept[] {
  const known = new Map(looked.rows.flatMap(({ chosen }) => (chosen ? [[chosen.id, chosen] as const] : [])))
  const about = [
    ...typed.person.flatMap((one) =>
      one && isAbout(one.as) ? [known.get(one.is ?? '')?.openCase ?? false] : [],
    ),
    ...looked.also.flatMap(({ known: one, as }) => (isAbout(as) ? [one.openCase] : [])),
  ]
  return about.map(
    (openCase) =>
      ({
        state: 'screening',
        consent: typed.consent,
        openCase,
        referral: null,
        referralNfa: null,
        outcomes: [],
      }) as unknown as ContactKept,
  )
}

/** What was done last, to undo it: a place of this service, or none. */
function backOf(request: FastifyRequest): string | undefined {
  const { back } = request.query as { back?: string }
  const at = back ? localAddress(back) : '/'
  return at === '/' ? undefined : at
}
