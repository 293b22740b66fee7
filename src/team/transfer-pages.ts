import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { namesOf } from '../access/names.ts'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { noteShown, openList, openRecords } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { keyOf, optionsOf, takerOf } from '../casework/allocation-pages.ts'
import { type CaseloadChild, caseload } from '../casework/caseload-store.ts'
import { familiesOf } from '../casework/families.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { takers } from '../casework/unallocated-store.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, day, type FormView, ids, optionalText, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, formatShortDate } from '../web/words.ts'
import { paths } from './paths.ts'
import {
  answerTransfer,
  proposeTransfer,
  readinessOf,
  type Transfer,
  type TransferListed,
  transferOf,
  transfersAround,
} from './transfer-store.ts'

const givers = { roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA'] } as const
const receivers = { roles: ['A-TM', 'A-SM'] } as const
const managerRoles: readonly string[] = receivers.roles
const notPast = { notBeforeToday: 'A child is handed over today or on a later day' }

const proposing = z.object({
  to: text('Choose who takes them', 100),
  on: day('Say on which day they are handed over', notPast),
  summary: text('Write what the next worker has to know', 20_000),
  child: ids('Tick the children'),
  differs: z.record(z.string(), optionalText(10_000)).optional(),
})
const answering = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('accepted'),
    to: text('Choose who works with the child', 100),
    on: day('Say on which day', notPast),
    words: optionalText(2000),
  }),
  z.object({
    answer: z.literal('returned'),
    words: text('Say why it goes back, so that they can put it right', 2000),
  }),
])
/** How long an answered transfer stays on the list. */
const shownFor = 30
/** Field groups that the page of a transfer shows something of. */
const transferGroups = ['F01', 'F09', 'F10', 'F11', 'F24', 'F25', 'F26']

/** Children handed from one worker or team to another: proposed with a summary, accepted or returned, carried out on its day. */
export const transferPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const signedIn = { config: { access: 'signed-in' } } as const

  app.get(paths.transfers.pattern, signedIn, async (request, reply) => {
    const session = sessionOf(request)
    const all = await reading(db, session, (trx) => transfersAround(trx, addDays(dayOf(now()), -shownFor)))
    const names = await namesOf(
      db,
      session,
      all.map(({ person }) => person),
      'seeing transfers',
    )
    const view = (one: TransferListed) => ({
      ...one,
      href: paths.transfer({ transfer: one.id }),
      called: names.get(one.person) ?? 'A child whose record is not open to you',
    })
    const shown = all.map(view)
    return reply.page('team/views/transfers.njk', {
      title: 'Transfers',
      asked: shown.filter(({ answer, asked }) => !answer && asked),
      waiting: shown.filter(({ answer, asked }) => !answer && !asked),
      answered: shown.filter(({ answer }) => answer),
      mayPropose: givers.roles.some((role) => session.roles.includes(role)),
    })
  })

  app.get(paths.transferNew.pattern, { config: { access: givers } }, (request, reply) =>
    showNew(request, reply, blankForm({ on: formatShortDate(addDays(dayOf(now()), 7)) })),
  )

  app.post(paths.transferNew.pattern, { config: { access: givers } }, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(proposing, request.body)
    if (!form.ok) return showNew(request, reply, form)
    const { child, summary, differs, on, to } = form.value
    const taker = takerOf(await reading(db, session, takers), to)
    if (!taker) return showNew(request, reply, withErrors(form, { to: 'Choose who takes them' }))
    const answers = await openRecords(db, session, child, {
      purpose: 'handing a child over',
      groups: ['F25', 'F26'],
      action: 'write',
      correlation: request.id,
    })
    const children = answers.flatMap((answer) =>
      answer.allowed && ['F25', 'F26'].every((group) => answer.writable.includes(group))
        ? [
            {
              person: answer.person,
              summary: [summary, differs?.[answer.person]].filter(Boolean).join('\n\n'),
            },
          ]
        : [],
    )
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const made = await proposeTransfer(trx, { children, account: taker.account, team: taker.team, on })
        const accepted = made.filter((one) => one.accepted).length
        return paths.transfers({
          proposed: made.length - accepted,
          accepted,
          kept: child.length - made.length,
        })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.transfer.pattern, signedIn, (request, reply) => showOne(request, reply))

  app.post(paths.transferAnswer.pattern, { config: { access: receivers } }, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(answering, request.body)
    if (!form.ok) return showOne(request, reply, form)
    const { transfer } = paths.transferAnswer.read(request)
    const listed = await listedOne(request, transfer)
    const to =
      form.value.answer === 'accepted'
        ? takerOf(await reading(db, session, takers), form.value.to)
        : { account: null }
    if (!to)
      return showOne(request, reply, withErrors(form, { to: 'Choose a worker of the team that is asked' }))
    if (
      !(await openOrRefuse(request, reply, listed.person, { purpose: 'taking a child on', groups: ['F25'] }))
    )
      return reply
    const { answer, words } = form.value
    const on = form.value.answer === 'accepted' ? form.value.on : undefined
    const done = await writing(db, session, (trx) =>
      answerTransfer(trx, transfer, { answer, words, account: to.account, on }),
    )
    if (!done)
      return showOne(
        request,
        reply,
        withErrors(form, {
          to: 'It was answered meanwhile, or this worker is not of the team that is asked',
        }),
      )
    return reply.redirect(paths.transfers(), 303)
  })

  app.post(paths.transferWithdraw.pattern, { config: { access: givers } }, async (request, reply) => {
    const session = sessionOf(request)
    const { transfer } = paths.transferWithdraw.read(request)
    const listed = await listedOne(request, transfer)
    const opened = await openOrRefuse(request, reply, listed.person, {
      purpose: 'taking a transfer back',
      groups: ['F25'],
    })
    if (!opened) return reply
    if (!(await writing(db, session, (trx) => answerTransfer(trx, transfer, { answer: 'withdrawn' }))))
      throw refuse(409, 'It has been answered meanwhile, or it is not yours to take back.')
    return reply.redirect(paths.transfers(), 303)
  })

  /** The transfer as this account’s list has it: whose record to open. */
  async function listedOne(request: FastifyRequest, id: string): Promise<TransferListed> {
    const all = await reading(db, sessionOf(request), (trx) => transfersAround(trx, '2000-01-01'))
    const found = all.find((one) => one.id === id)
    if (!found) throw notFound()
    return found
  }

  async function showOne(request: FastifyRequest, reply: FastifyReply, form?: FormView) {
    const session = sessionOf(request)
    const { transfer: id } = paths.transfer.read(request)
    const listed = await listedOne(request, id)
    const opened = await openOrRefuse(request, reply, listed.person, {
      purpose: 'reading a transfer',
      groups: transferGroups,
    })
    if (!opened) return reply
    const today = dayOf(now())
    const found = await reading(db, session, async (trx) => ({
      transfer: await transferOf(trx, id),
      ready: await readinessOf(trx, opened.people, today),
      takers: (await takers(trx)).map((taker) => taker),
    }))
    if (!found.transfer) throw notFound()
    const names = await namesOf(db, session, [listed.person], 'reading a transfer')
    const { transfer } = found
    const answerable = listed.asked && receivers.roles.some((role) => session.roles.includes(role))
    const view =
      form ??
      blankForm({
        to: keyOf({ account: transfer.toAccount, team: transfer.toTeamId }),
        on: dayForForm(transfer, today),
      })
    const data = {
      title: `Transfer of ${names.get(listed.person) ?? 'a child'}`,
      printSubject: names.get(listed.person),
      form: view,
      listed,
      transfer,
      ready: found.ready,
      answerable,
      mayWithdraw:
        !transfer.answer &&
        (listed.mine || (session.roles.some((role) => managerRoles.includes(role)) && !listed.asked)),
      takers: optionsOf(found.takers.filter(({ team }) => team === transfer.toTeamId)),
      recordHref: peoplePaths.record({ person: listed.person }),
      chronologyHref: caseworkPaths.chronology({ person: listed.person }),
      dueHref: caseworkPaths.dueOfChild({ person: listed.person }),
    }
    const template = 'team/views/transfer.njk'
    return form && form.summary.length > 0 ? reply.again(template, data) : reply.page(template, data)
  }

  async function showNew(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const manages = session.roles.some((role) => managerRoles.includes(role))
    const query = request.query as Record<string, string | undefined>
    const opened = await openList(db, session, 'caseload', {
      purpose: 'handing children over',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const found = await reading(db, session, async (trx) => {
      const list = {
        sort: 'family',
        direction: 'ascending',
        page: 1,
        perPage: 1000,
        offset: 0,
        link: () => '',
      } as const
      const { cards } = await caseload(trx, list, {
        account: session.account.id,
        everyone: true,
        on: dayOf(now()),
      })
      return { cards, takers: await takers(trx) }
    })
    const givers = workersOf(found.cards, found.takers, manages ? undefined : session.account.id)
    const from =
      givers.find(({ value }) => value === query.from)?.value ?? (manages ? undefined : session.account.id)
    const whose = new Set(from ? [from] : [])
    const about = query.of ? found.cards.find(({ id }) => id === query.of) : undefined
    const cards = found.cards.filter((one) =>
      about ? one.family === about.family : one.workerId && whose.has(one.workerId),
    )
    await noteShown(
      db,
      session,
      'caseload',
      cards.map(({ id }) => id),
      request.id,
    )
    const ticked = form.summary.length > 0 ? [form.values.child ?? []].flat() : cards.map(({ id }) => id)
    const data = {
      title: 'Hand children over',
      form,
      from,
      givers,
      manages,
      action: paths.transferNew({ from: query.from, of: query.of }),
      children: familiesOf(cards).map((one) => ({ ...one, ticked: ticked.includes(one.id) })),
      takers: optionsOf(found.takers.filter(({ account }) => account !== from)),
    }
    const template = 'team/views/transfer-new.njk'
    return form.summary.length > 0 ? reply.again(template, data) : reply.page(template, data)
  }
}

const dayForForm = (transfer: Transfer, today: string) =>
  formatShortDate(transfer.effectiveOn < today ? today : transfer.effectiveOn)

/** Workers of a list who have children, by name; one alone for whoever is no manager. */
function workersOf(
  cards: readonly CaseloadChild[],
  takers: readonly { account: string; name: string }[],
  only: string | undefined,
): { value: string; text: string }[] {
  const names = new Map(takers.map(({ account, name }) => [account, name]))
  const counts = new Map<string, number>()
  for (const { workerId } of cards) if (workerId) counts.set(workerId, (counts.get(workerId) ?? 0) + 1)
  return [...counts]
    .filter(([worker]) => only === undefined || worker === only)
    .map(([worker, count]) => ({ value: worker, text: `${names.get(worker) ?? 'A worker'}, ${count}` }))
    .sort((a, b) => a.text.localeCompare(b.text))
}
