import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { z } from 'zod'
import { discard, NotTaken, takeIn } from '../casework/documents/vault.ts'
import { postcode } from '../people/details.ts'
import { notFound } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  optionalChoice,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
} from '../web/form.ts'
import { uploads } from '../web/upload.ts'
import { peopleAs } from './contact.ts'
import { notification } from './notification.ts'
import { paths } from './paths.ts'
import { attach, notificationOf, receive, track } from './queue-store.ts'
import { consents, knows, namedAs, options, publicSources, safety, sourceOptions } from './words.ts'

/** Professionals: members of the public ring, and are not asked to write down who they are. */
const professional = sourceOptions.filter(({ value }) => !publicSources.has(value))
const largest = 10 * 1024 ** 2
/** All that a tracking link ever says. */
const howFarWords = {
  received: 'It is waiting to be looked at.',
  'being-looked-at': 'It is being looked at.',
  decided: 'It is decided.',
} as const
const perHour = 40
const mostPeople = 6

const somebody = z.object({
  as: optionalChoice(peopleAs),
  name: optionalText(200),
  born: optionalDay(),
  sex: optionalChoice(['F', 'M', 'U']),
})

const referral = z
  .object({
    source: choice(professional.map(({ value }) => value) as [string, ...string[]], 'Say where you work'),
    agency: text('Write the name of your school, surgery, station or service', 200),
    name: text('Write your name', 200),
    reachedBy: text('Write how we can reach you', 200),
    person: z.preprocess((value) => (Array.isArray(value) ? value : []), z.array(somebody).max(mostPeople)),
    lines: optionalText(500),
    postcode,
    happened: day('Say when it happened, or when you came to know', {
      notAfterToday: 'It cannot have happened in the future',
    }),
    what: text('Write what you are worried about', 20_000),
    safe: choice(Object.keys(safety) as [string, ...string[]], 'Say whether the child is safe now'),
    safeWords: optionalText(1000),
    consent: choice(
      Object.keys(consents) as [string, ...string[]],
      'Say whether the family agreed to this referral',
    ),
    consentWords: optionalText(500),
    knows: choice(Object.keys(knows) as [string, ...string[]], 'Say whether the family knows'),
    interpreter: optionalText(200),
    agreed: tick(),
    /** People do not see this field; what fills in every field does. */
    website: optionalText(200),
  })
  .superRefine((typed, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', message, path: [path] })
    if (!typed.agreed) complain('agreed', 'Read this and tick it')
    if (typed.safe === 'no' && !typed.safeWords)
      complain('safeWords', 'Say what the danger is, and ring the police on 999 if it is now')
    if (typed.consent === 'not-sought' && !typed.consentWords)
      complain('consentWords', 'Say why the family was not asked')
    const people = typed.person.filter(({ name, born }) => name || born)
    if (!people.some(({ as = 'child' }) => as === 'child' || as === 'unborn'))
      complain('person[0][name]', 'Write the child’s name, or “not known”')
  })

/**
 * The public page by which professionals refer a child, without an account. It asks the record nothing and says nothing of
 * it: whoever is known here and whoever is not get the same answer. What is written stays on the page until it is sent.
 */
export const publicPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const limited = (max: number) => ({
    config: { access: 'anyone' as const, rateLimit: { max, timeWindow: '1 hour' } },
  })

  app.get(paths.refer.pattern, { config: { access: 'anyone' } }, (_request, reply) =>
    show(reply, blankForm({ happened: 'today' })),
  )

  app.post(paths.refer.pattern, limited(perHour), async (request, reply) => {
    const form = parseForm(referral, request.body)
    if (!form.ok) return show(reply, form)
    const { value } = form
    const told = notification.parse({
      source: value.source,
      agency: value.agency,
      caller: { name: value.name, reachedBy: value.reachedBy },
      happenedOn: value.happened,
      people: value.person
        .filter(({ name, born }) => name || born)
        .map(({ as, ...rest }) => ({
          as: as ?? 'child',
          ...Object.fromEntries(Object.entries(rest).filter(([, one]) => one !== undefined)),
        })),
      ...(value.lines || value.postcode
        ? {
            address: {
              ...(value.lines ? { lines: value.lines } : {}),
              ...(value.postcode ? { postcode: value.postcode } : {}),
            },
          }
        : {}),
      what: value.what,
      safe: value.safe,
      ...(value.safeWords ? { safeWords: value.safeWords } : {}),
      consent: value.consent,
      ...(value.consentWords ? { consentWords: value.consentWords } : {}),
      familyKnows: value.knows,
      ...(value.interpreter ? { interpreter: value.interpreter } : {}),
    })
    // A machine that fills in every field gets the same answer, and nothing is taken in.
    if (value.website) return reply.redirect(paths.track({ token: 'received-with-thanks' }), 303)
    const received = await receive(db, told, {
      channel: 'web',
      source: value.source,
      track: true,
      now: now(),
    })
    return reply.redirect(paths.track({ token: received.token! }), 303)
  })

  app.get(paths.track.pattern, limited(120), async (request, reply) => {
    const { token } = paths.track.read(request)
    const found = await track(db, token)
    if (!found) throw notFound()
    const { sent, refused } = request.query as { sent?: string; refused?: string }
    return reply.page('front-door/views/tracked.njk', {
      title: 'Your referral',
      width: 'writing',
      ...found,
      howFarWords: howFarWords[found.howFar],
      mayAdd: app.deps.documents !== undefined && (await notificationOf(db, token)) !== undefined,
      addFile: paths.addFile({ token }),
      form: blankForm(),
      sent,
      refused: refused
        ? 'The file was not taken. Send a PDF, a picture or a document of at most 10 MB'
        : undefined,
    })
  })

  app.post(paths.addFile.pattern, limited(30), async (request, reply) => {
    const { token } = paths.addFile.read(request)
    const id = await notificationOf(db, token)
    const vault = app.deps.documents
    if (!id || !vault) throw notFound()
    let refused = false
    let sent = false
    for await (const { file } of uploads(request, { fileSize: largest, files: 1 })) {
      try {
        const taken = await takeIn(
          { ...vault, largest: Math.min(largest, vault.largest) },
          file.file,
          file.filename,
        )
        try {
          // Its key is the notification's until somebody files it for the children.
          await vault.keys.wrap({ stored: taken.stored, person: id }, taken.key)
          await attach(db, id, {
            stored: taken.stored,
            fileName: taken.fileName,
            media: taken.type.media,
            size: taken.size,
            sha256: taken.sha256,
          })
          sent = true
        } catch (error) {
          await discard(vault, [taken], [id])
          throw error
        }
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error
        refused = true
      }
    }
    return reply.redirect(
      paths.track({ token }, sent ? { sent: 'yes' } : refused ? { refused: 'yes' } : {}),
      303,
    )
  })

  function show(reply: FastifyReply, form: FormView) {
    const page = {
      title: 'Refer a child to children’s social care',
      width: 'writing' as const,
      form,
      action: paths.refer(),
      sources: professional,
      peopleAs: [
        { value: 'child', text: 'Child' },
        { value: 'unborn', text: 'Unborn child' },
        ...options(namedAs),
      ],
      safeOptions: options(safety),
      consentOptions: options(consents),
      knowsOptions: options(knows),
      places: [...Array(mostPeople).keys()],
    }
    return form.summary.length > 0
      ? reply.again('front-door/views/refer.njk', page)
      : reply.page('front-door/views/refer.njk', page)
  }
}
