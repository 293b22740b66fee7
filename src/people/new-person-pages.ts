import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openNewPerson, openRecord } from '../access/opening.ts'
import { thenOf } from '../access/page-parts.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { clientWords } from '../access/sessions.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, parseDate } from '../web/words.ts'
import { identityOf } from './identity-store.ts'
import { adders, type LikelyPerson, type Looked, lookFor } from './matching.ts'
import { calledOf, questionOf } from './model.ts'
import { beingTyped, type NewPerson, newPerson, questionsAbout, rowsOf } from './new-person.ts'
import { addPerson, filedBefore } from './new-person-store.ts'
import { paths } from './paths.ts'

const mostShown = 8
const view = 'people/views/new-person.njk'

/** Adding somebody: whoever may be meant is shown first, and said to be somebody else. */
export const newPersonPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: adders } } as const

  app.get(paths.newPerson.pattern, open, (request, reply) =>
    show(request, reply, blankForm({ who: 'child', bornHow: 'exact' })),
  )

  app.post(paths.likely.pattern, open, async (request, reply) => {
    const typed = beingTyped.parse(request.body ?? {})
    const looked = await look(request, typed)
    return reply.fragment('people/views/likely.njk', {
      looked,
      leadsBack: thenOf(request) === '/' ? undefined : thenOf(request),
    })
  })

  app.post(paths.newPerson.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(newPerson, request.body)
    if (!form.ok) return show(request, reply, form)
    const before = await filedBefore(db, form.once, session.account.id)
    if (before) return reply.redirect(before, 303)
    const { value } = form
    const mothers = value.who === 'unborn' && value.mother ? await mothersLike(request, value.mother) : []
    const mother =
      mothers.find(({ id }) => id === value.motherId) ?? (mothers.length === 1 ? mothers[0] : undefined)
    const looked = await look(request, value)
    if ((request.body as { step?: string }).step !== 'add' || !everythingWasShown(value, looked)) {
      return show(request, reply, form, { looked, mothers })
    }
    if (value.mother && value.who === 'unborn' && !mother) {
      const says = mothers.length
        ? 'Choose which of these is the mother'
        : 'Nobody in the record is like that. Add the mother first, or leave this empty'
      return show(request, reply, withErrors(form, { [mothers.length ? 'motherId' : 'mother']: says }), {
        looked,
        mothers,
      })
    }
    const opened = await openNewPerson(db, session, {
      purpose: 'adding a person',
      client: clientWords(request),
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const { person: row, facts } = rowsOf(value)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const others = looked.people.map(({ id }) => id)
        const reference = await addPerson(trx, {
          person: opened.person,
          row,
          facts,
          others,
          mother: mother && { id: mother.id, name: mother.called },
        })
        return nextAfter(request, opened.person, reference)
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.added.pattern, open, async (request, reply) => {
    const { person } = paths.added.read(request)
    const session = sessionOf(request)
    const opened = await openRecord(db, session, person, {
      purpose: 'looking at a person just added',
      level: 'index',
      client: clientWords(request),
      correlation: request.id,
    })
    const identity = opened.allowed
      ? await reading(db, session, (trx) =>
          identityOf(trx, opened.people, { person, on: dayOf(new Date()), restriction: opened.restriction }),
        )
      : undefined
    const { reference } = request.query as { reference?: string }
    return reply.page('people/views/added.njk', {
      title: 'Added to the record',
      width: 'writing',
      person,
      called: identity && calledOf(identity),
      reference: identity?.reference ?? (/^P-[2-9A-Z]{6}$/.test(reference ?? '') ? reference : undefined),
    })
  })
}

const look = (request: FastifyRequest, typed: Parameters<typeof questionsAbout>[0]): Promise<Looked> =>
  lookFor(request, questionsAbout(typed), { most: mostShown, purpose: 'adding a person' })

async function mothersLike(request: FastifyRequest, typed: string): Promise<readonly LikelyPerson[]> {
  const today = dayOf(request.server.deps.now?.() ?? new Date())
  const question = questionOf(typed, (text) => parseDate(text, today))
  return (await lookFor(request, [question], { most: 5, purpose: 'finding the mother of an unborn child' }))
    .people
}

/** Nobody is added while somebody is alike whom the worker has not been shown. */
const everythingWasShown = ({ shown, toldRestricted }: NewPerson, { people, restricted }: Looked): boolean =>
  people.every(({ id }) => shown.includes(id)) && (!restricted || toldRestricted)

/** Back to the work that needed somebody, with who it is; else to what can be done next. */
function nextAfter(request: FastifyRequest, person: string, reference: string): string {
  const then = thenOf(request)
  if (then === '/') return paths.added({ person }, { reference })
  return `${then}${then.includes('?') ? '&' : '?'}person=${person}`
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  form: FormView,
  found: { looked?: Looked; mothers?: readonly LikelyPerson[] } = {},
) {
  const then = thenOf(request)
  const data = {
    title: 'Add a person',
    width: 'data' as const,
    form,
    action: paths.newPerson(then === '/' ? {} : { then }),
    likelyHref: paths.likely(),
    leadsBack: then === '/' ? undefined : then,
    who: form.values.who,
    ...found,
    mothers: (found.mothers ?? []).map((one) => ({ value: one.id, text: one.called, hint: motherHint(one) })),
  }
  return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
}

const motherHint = ({ born, household, reference }: LikelyPerson) =>
  [
    reference,
    born && `born ${born.split('-').reverse().join('/')}`,
    household.length && `lives with ${household.join(', ')}`,
  ]
    .filter(Boolean)
    .join(', ')
