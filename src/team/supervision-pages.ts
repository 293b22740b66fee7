import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { namesOf } from '../access/names.ts'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { noteShown, openList, openRecords } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { standings } from '../casework/caseload-store.ts'
import { driftOf } from '../casework/drift.ts'
import { nextDue } from '../casework/due-store.ts'
import { addManagementNote } from '../casework/management-note.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { clockById } from '../clocks/clocks.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { rowOf } from '../people/matching.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, optionalText, parseForm, text } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { paths } from './paths.ts'
import { decisionWords, oversightDue, supervisionDue, supervisionSchema } from './supervision.ts'
import {
  fileSupervision,
  myWorkers,
  oversightOf,
  signSupervision,
  supervisionOf,
  supervisions,
} from './supervision-store.ts'

const managers = { roles: ['A-TM', 'A-SM'] } as const
const signing = z.object({ words: optionalText(4000) })
const overseeing = z.object({
  decision: text('Say what you decided', 4000),
  why: text('Say why', 4000),
})
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** A draft can be about so many children. */
const mostInDraft = 50

/** Supervision of workers, and what management decides for children. */
export const supervisionPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const signedIn = { config: { access: 'signed-in' } } as const
  const managing = { config: { access: managers } } as const

  app.get(paths.supervisions.pattern, signedIn, async (request, reply) => {
    const session = sessionOf(request)
    const today = dayOf(now())
    const found = await reading(db, session, async (trx) => ({
      workers: managers.roles.some((role) => session.roles.includes(role)) ? await myWorkers(trx) : [],
      all: await supervisions(trx),
    }))
    const mine = found.all.filter(({ workerId }) => workerId === session.account.id)
    return reply.page('team/views/supervisions.njk', {
      title: 'Supervision',
      workers: found.workers.map((worker) => {
        const due = supervisionDue(worker.lastOn, worker.nextOn)
        return { ...worker, due, late: due === undefined || due < today }
      }),
      mine,
      held: found.all.filter(({ supervisorId }) => supervisorId === session.account.id),
    })
  })

  app.get(paths.supervisionNew.pattern, managing, (request, reply) => showNew(request, reply))

  app.post(paths.supervisionNew.pattern, managing, async (request, reply) => {
    const session = sessionOf(request)
    const worker = workerOf(request)
    const form = parseForm(supervisionSchema, request.body)
    if (!form.ok) return showNew(request, reply, form)
    const { held, wellbeing, agreed, next, child } = form.value
    const decided = Object.entries(child ?? {}).flatMap(([person, { decision, why }]) =>
      uuid.test(person) && decision && why ? [{ person, words: decisionWords({ decision, why }) }] : [],
    )
    const answers = await openRecords(
      db,
      session,
      decided.map(({ person }) => person),
      { purpose: 'supervision', action: 'write', correlation: request.id },
    )
    const closed = answers.find((answer) => !answer.allowed)
    if (closed && !closed.allowed) throw refusalOf(closed)
    const address = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const children: { person: string; note: string }[] = []
        for (const { person, words } of decided)
          children.push({
            person,
            note: await addManagementNote(trx, session.account.id, person, {
              now: now(),
              words,
              kind: 'supervision',
            }),
          })
        const id = await fileSupervision(trx, { worker, held, wellbeing, agreed, next, children })
        if (!id) throw refuse(403, 'You supervise the workers of your team, and those named to you.')
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.supervision({ supervision: id })
      }),
    )
    return reply.redirect(address, 303)
  })

  app.get(paths.supervision.pattern, signedIn, (request, reply) => showOne(request, reply, blankForm()))

  app.post(paths.supervisionSign.pattern, signedIn, async (request, reply) => {
    const { supervision } = paths.supervisionSign.read(request)
    const form = parseForm(signing, request.body)
    if (!form.ok) return showOne(request, reply, form)
    const done = await writing(db, sessionOf(request), (trx) =>
      signSupervision(trx, supervision, form.value.words),
    )
    if (!done) throw notFound()
    return reply.redirect(paths.supervision({ supervision }), 303)
  })

  app.get(paths.oversight.pattern, signedIn, (request, reply) => showOversight(request, reply, blankForm()))

  app.post(paths.oversight.pattern, managing, async (request, reply) => {
    const session = sessionOf(request)
    const { person } = paths.oversight.read(request)
    const form = parseForm(overseeing, request.body)
    if (!form.ok) return showOversight(request, reply, form)
    const asked = { purpose: 'management oversight', action: 'write' } as const
    if (!(await openOrRefuse(request, reply, person, asked))) return reply
    const address = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await addManagementNote(trx, session.account.id, person, {
          now: now(),
          words: decisionWords(form.value),
        })
        return paths.oversight({ person })
      }),
    )
    return reply.redirect(address, 303)
  })

  async function showNew(request: FastifyRequest, reply: FastifyReply, again?: FormView) {
    const session = sessionOf(request)
    const worker = workerOf(request)
    const today = dayOf(now())
    const { draft: wanted } = request.query as Record<string, string | undefined>
    const opened = await openList(db, session, 'caseload', {
      purpose: 'supervision',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const found = await reading(db, session, async (trx) => {
      const children = (await standings(trx, today)).filter(({ workerId }) => workerId === worker)
      return {
        who: (await myWorkers(trx)).find(({ account }) => account === worker),
        children,
        next: await nextDue(
          trx,
          children.map(({ id }) => id),
          { today, now: now() },
        ),
        draft: wanted && uuid.test(wanted) ? await draftOf(trx, wanted) : undefined,
        before: (await supervisions(trx, worker))[0],
      }
    })
    if (!found.who) throw refuse(403, 'You supervise the workers of your team, and those named to you.')
    const ids = found.children.map(({ id }) => id)
    await noteShown(db, session, 'caseload', ids, request.id)
    const page = paths.supervisionNew({ of: worker })
    // Those nobody of management has looked at for longest come first: that is what the time is for.
    const agenda = found.children
      .map((child) => {
        const due = found.next.get(child.id)
        return {
          ...rowOf(child),
          seen: child.seen,
          overseenOn: child.overseenOn,
          overdue: (oversightDue(child.overseenOn) ?? today) <= today,
          drift: driftOf(child, today),
          next: due && { what: clockById(due.clock).name, dueOn: due.dueOn, late: due.late },
          oversightHref: paths.oversight({ person: child.id }),
        }
      })
      .sort((a, b) => (a.overseenOn ?? '').localeCompare(b.overseenOn ?? ''))
    const about = ids.slice(0, mostInDraft)
    const view =
      about.length > 0
        ? drafting({
            form: 'supervision',
            page,
            about,
            group: 'F25',
            draft: found.draft,
            again,
            start: { held: 'today' },
          })
        : { form: again ?? blankForm({ held: 'today' }), draft: undefined }
    const data = {
      title: `Supervision of ${found.who.name}`,
      ...view,
      action: page,
      agenda,
      before: found.before,
      who: found.who,
    }
    const template = 'team/views/supervision-new.njk'
    return again && again.summary.length > 0 ? reply.again(template, data) : reply.page(template, data)
  }

  async function showOne(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const { supervision: id } = paths.supervision.read(request)
    if (!uuid.test(id)) throw notFound()
    const found = await reading(db, session, (trx) => supervisionOf(trx, id))
    if (!found) throw notFound()
    const names = await namesOf(
      db,
      session,
      found.children.map(({ person }) => person),
      'reading a supervision',
    )
    return reply.page('team/views/supervision.njk', {
      title: `Supervision of ${found.worker}`,
      width: 'writing',
      form,
      one: found,
      children: found.children.map(({ person, note }) => ({
        called: names.get(person) ?? 'A child whose record is not open to you',
        href: note ? caseworkPaths.note({ person, note }) : paths.oversight({ person }),
      })),
      maySign: found.workerId === session.account.id && !found.signedAt,
    })
  }

  function showOversight(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.oversight.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading management oversight',
        groups: ['F25'],
        heading: 'Management oversight',
        template: 'team/views/oversight.njk',
      },
      async ({ trx, opened, on }) => {
        const all = await oversightOf(trx, opened.people)
        const due = oversightDue(all[0]?.on ?? null)
        return {
          form,
          all: all.map((one) => ({ ...one, href: caseworkPaths.note({ person, note: one.note }) })),
          due,
          late: due !== undefined && due < on,
          manages: managers.roles.some((role) => sessionOf(request).roles.includes(role)),
          action: paths.oversight({ person }),
        }
      },
    )
  }

  const workerOf = (request: FastifyRequest): string => {
    const { of } = request.query as Record<string, string | undefined>
    if (!of || !uuid.test(of)) throw refuse(400, 'Choose whose supervision it is.')
    return of
  }
}
