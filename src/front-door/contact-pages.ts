import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { reading } from '../access/reading.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft, myDrafts } from '../forms/drafts-store.ts'
import { type FormView, nest, parseForm, withErrors } from '../web/form.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { formatTime } from '../web/words.ts'
import { actorOf, frontDoorRoles } from './actor.ts'
import { beingTold, contactSchema, mostPeople } from './contact.ts'
import { fileContact, wrongWithPeople } from './filing.ts'
import { paths } from './paths.ts'
import { lookAtPeople } from './people-told.ts'
import { consents, knows, methods, namedAs, options, safety, sourceOptions } from './words.ts'

const view = 'front-door/views/new-contact.njk'
const purpose = 'taking a contact'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const peopleOptions = [
  { value: 'child', text: 'Child' },
  { value: 'unborn', text: 'Unborn child' },
  ...options(namedAs),
]

/** Whom the rows of the form are for until somebody says otherwise. */
const usualPeople = Object.fromEntries(
  [...Array(mostPeople).keys()].map((n) => [
    `person[${n}][as]`,
    n === 2 ? 'mother' : n === 3 ? 'father' : 'child',
  ]),
)

/** What the fields of a contact offer. */
export const contactOptions = {
  methods: options(methods),
  sources: sourceOptions,
  safeOptions: options(safety),
  consentOptions: options(consents),
  knowsOptions: options(knows),
  peopleAs: peopleOptions,
}

/** Taking a contact: one page, saved as it is typed, with whoever may be meant and every earlier worry beside it. */
export const contactPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: frontDoorRoles } } as const

  app.get(housePaths.newContact.pattern, open, async (request, reply) => {
    const { draft: wanted } = request.query as Record<string, string | undefined>
    const { draft, begun } = await reading(db, sessionOf(request), async (trx) => ({
      draft: wanted && uuid.test(wanted) ? await draftOf(trx, wanted) : undefined,
      begun: wanted
        ? []
        : (await myDrafts(trx)).filter(({ form, putAwayAt }) => form === 'contact' && !putAwayAt),
    }))
    const night = sessionOf(request).roles.includes('A-EDT')
    return show(request, reply, {
      begun,
      ...drafting({
        form: 'contact',
        page: housePaths.newContact(),
        about: [],
        group: 'F11',
        draft,
        start: {
          method: night ? 'out-of-hours' : 'phone',
          day: 'today',
          at: formatTime(now()),
          ...usualPeople,
        },
      }),
    })
  })

  app.post(paths.likely.pattern, open, async (request, reply) => {
    const told = beingTold.parse(nest((request.body ?? {}) as Record<string, unknown>))
    return reply.fragment('front-door/views/people-told.njk', {
      looked: await lookAtPeople(request, told, purpose),
      form: { errors: {} },
    })
  })

  app.post(housePaths.newContact.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(contactSchema, request.body)
    const again = (one: FormView) =>
      show(request, reply, {
        begun: [],
        ...drafting({ form: 'contact', page: housePaths.newContact(), about: [], group: 'F11', again: one }),
      })
    if ((request.body as { step?: string }).step === 'look' || !form.ok) return again(form)
    const looked = await lookAtPeople(request, form.value, purpose)
    const wrong = wrongWithPeople(form.value, looked, actorOf(session.roles))
    if (Object.keys(wrong).length > 0) return again(withErrors(form, wrong))
    const filed = await fileContact(request, form, form.value, looked, async (trx) => {
      if (form.draft) await endDraft(trx, form.draft, 'filed')
      return undefined
    })
    return 'next' in filed ? reply.redirect(filed.next, 303) : again(filed.form)
  })

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    data: ReturnType<typeof drafting> & { begun: readonly unknown[] },
  ): Promise<unknown> {
    const typed = beingTold.parse(nest(data.form.values))
    const looked = await lookAtPeople(request, typed, purpose)
    const page = {
      title: 'New contact',
      width: 'data' as const,
      ...data,
      looked,
      places: [...Array(mostPeople).keys()],
      moreOpen: typed.person.slice(3).some((one) => one !== undefined),
      ...contactOptions,
    }
    return data.form.summary.length > 0 ? reply.again(view, page) : reply.page(view, page)
  }
}
