import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { noteOnTrail } from '../../access/opening.ts'
import { recordOf } from '../../access/page-parts.ts'
import { parseForm } from '../../web/form.ts'
import { listState } from '../../web/list.ts'
import { sessionOf } from '../../web/session.ts'
import { partners } from '../partners.ts'
import { paths } from './paths.ts'
import { counts, type Listed, listed, type State, tryAgain } from './store.ts'

/** Who looks after exchanges: rights and protection officers, business support, and, without any child’s reference, administrators. */
export const operators = { roles: ['A-IG', 'A-DPO', 'A-CG', 'A-BS', 'A-ADM'] } as const

/** States as people speak of them, in the order in which somebody wants to know. */
const views = {
  attention: { text: 'Needs a person', states: ['held', 'refused'] },
  waiting: { text: 'Waiting', states: ['waiting'] },
  sent: { text: 'Sent, not answered', states: ['sent'] },
  acknowledged: { text: 'Acknowledged', states: ['acknowledged'] },
  nothing: { text: 'Nothing to say', states: ['nothing-to-say'] },
} as const satisfies Record<string, { text: string; states: readonly State[] }>
type View = keyof typeof views

const stateWords: Readonly<Record<State, string>> = {
  waiting: 'Waits to be sent',
  sent: 'Sent, not answered yet',
  acknowledged: 'Acknowledged',
  refused: 'Refused',
  held: 'Held back',
  'nothing-to-say': 'They know already',
}
const badgeKinds: Readonly<Record<State, string>> = {
  waiting: 'plain',
  sent: 'plain',
  acknowledged: 'well',
  refused: 'late',
  held: 'soon',
  'nothing-to-say': 'plain',
}

const causeWords: Readonly<Record<string, string>> = {
  'record-changed': 'The record changed',
  compared: 'Found when comparing',
  'more-to-say': 'More to say after an answer',
  deletion: 'Two people decided to delete',
  held: 'Something is missing',
}

/** What waits, what was sent and answered, and what a person has to mend, with words how. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps

  app.get(paths.messages.pattern, { config: { access: operators } }, async (request, reply) => {
    const session = sessionOf(request)
    const asked = (request.query as Record<string, unknown>).show
    const view: View =
      typeof asked === 'string' && Object.hasOwn(views, asked) ? (asked as View) : 'attention'
    const list = listState(request, { sorts: ['changed'], perPage: 50 })
    const all = await counts(db)
    const page = await listed(db, session.secret, undefined, views[view].states, {
      most: list.perPage,
      offset: list.offset,
    })
    const shown = page.messages.flatMap(({ about_id }) => about_id ?? [])
    if (shown.length > 0)
      await noteOnTrail(db, session, 'list', {
        purpose: 'seeing what was told to partners',
        details: { shown: [...new Set(shown)] },
      })
    return reply.page('sharing/outbox/views/messages.njk', {
      title: 'Messages to partners',
      list,
      total: page.total,
      tabs: Object.entries(views).map(([name, { text, states }]) => ({
        text,
        href: paths.messages({ show: name }),
        current: name === view,
        count: all
          .filter(({ state }) => (states as readonly State[]).includes(state))
          .reduce((sum, { count }) => sum + count, 0),
      })),
      partners: partners.map((partner) => ({
        called: partner.called,
        name: partner.name,
        oldest: all
          .filter(({ partner: its, state }) => its === partner.name && state === 'waiting')
          .map(({ oldest }) => oldest)
          .sort((a, b) => a.getTime() - b.getTime())[0],
      })),
      rows: page.messages.map(rowOf),
      view,
      mayTry: view === 'attention' || view === 'waiting',
    })
  })

  const trying = z.object({ partner: z.string().max(60), message: z.uuid().optional() })
  app.post(paths.tryAgain.pattern, { config: { access: operators } }, async (request, reply) => {
    const form = parseForm(trying, request.body)
    if (form.ok) await tryAgain(db, sessionOf(request).secret, form.value.partner, form.value.message)
    return reply.redirect(paths.messages({ show: 'waiting' }), 303)
  })
}

function rowOf(one: Listed) {
  const partner = partners.find(({ name }) => name === one.partner)
  const saying = one.says && one.says !== 'asked-again' ? partner?.sayingOf(one.says) : undefined
  return {
    id: one.id,
    partner: partner?.called ?? one.partner,
    partnerName: one.partner,
    state: stateWords[one.state],
    badge: badgeKinds[one.state],
    who: one.reference ?? 'not shown',
    href: one.about_id ? recordOf(one.about_id) : undefined,
    cause: causeWords[one.cause] ?? one.cause,
    says: saying?.text,
    mend: saying?.mend,
    carrier: one.carrier,
    attempts: one.attempts,
    writtenAt: one.written_at,
    sentAt: one.sent_at,
    answeredAt: one.answered_at,
    nextTryAt: one.state === 'waiting' && one.attempts > 0 ? one.next_try_at : undefined,
    mayTry: one.state === 'waiting' || one.state === 'held' || one.state === 'refused',
  }
}
