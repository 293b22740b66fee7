import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  choices,
  type FormView,
  id,
  optionalDay,
  parseForm,
  text,
  withErrors,
} from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, formatShortDate } from '../web/words.ts'
import { colleagueLike, colleagueOptions } from './choosing.ts'
import { namesOf } from './names.ts'
import { openOrRefuse } from './open-or-refuse.ts'
import { enough, keysOf, optionsOf, recordOf } from './page-parts.ts'
import { paths } from './paths.ts'
import { refusalOf } from './refusal.ts'
import {
  confirmRestriction,
  liftRestriction,
  nameReader,
  type Restriction,
  restrict,
  restrictionsKnown,
  type WhyNotRestricted,
} from './restriction-store.ts'
import { restrictionLevels, restrictionReasons, sensitiveSections } from './words.ts'

/** Who makes restrictions last, names readers and lifts them. */
export const deciders = { roles: ['A-TM', 'A-SM', 'A-ADO'] } as const

/** The longest until a restriction is looked at again (governance E.3). */
const longest = 90

const asking = z
  .object({
    level: choice(['1', '2', '3', '4'], 'Choose how far it goes'),
    sections: choices(keysOf(sensitiveSections)),
    kind: choice(keysOf(restrictionReasons), 'Choose why'),
    words: text('Say in your own words why', 1000),
  })
  .refine(({ level, sections }) => level !== '1' || sections.length > 0, {
    message: 'Tick what is sensitive',
    path: ['sections'],
  })
const naming = z.object({ reader: id('Choose a colleague') })
const confirming = z.object({
  review: optionalDay({ notBeforeToday: 'Choose a later day' }),
})
const lifting = z.object({ words: enough('Say why it is over') })

const notDone: Partial<Record<WhyNotRestricted, string>> = {
  'not-yours-to-decide':
    'This is for the child’s manager, and further up for what must not be known or is sealed',
  'too-many-named': 'No more people can be named for it',
  yourself: 'Somebody else has to do that: nobody confirms their own, nor names themselves',
  over: 'It is over already: ask for it anew',
  'too-long': `Choose a day from tomorrow on, within ${longest} days`,
}

/** Restricting a record: asked for by whoever works with the child, made to last by somebody else, looked at again. */
export const restrictionPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const decide = { config: { access: deciders } } as const

  async function showAsking(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.restrict.read(request)
    const session = sessionOf(request)
    const purpose = 'restricting the record'
    if (!(await openOrRefuse(request, reply, person, { purpose, groups: ['F01'], level: 'index' })))
      return reply
    const names = await namesOf(db, session, [person], purpose)
    const known = await restrictionsKnown(db, session, person)
    const { done } = request.query as { done?: string }
    const data = {
      title: 'Restriction',
      form,
      name: names.get(person),
      record: recordOf(person),
      restrictions: known.map(shown),
      asked: done === 'asked',
      levels: levelsFor(session.roles),
      sections: optionsOf(sensitiveSections),
      reasons: optionsOf(restrictionReasons),
      action: paths.restrict({ person }),
    }
    const view = 'access/views/restrict.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.restrict.pattern, open, (request, reply) => showAsking(request, reply, blankForm()))

  app.post(paths.restrict.pattern, open, async (request, reply) => {
    const form = parseForm(asking, request.body)
    if (!form.ok) return showAsking(request, reply, form)
    const { person } = paths.restrict.read(request)
    const { level, sections, kind, words } = form.value
    const answer = await restrict(db, sessionOf(request), person, {
      level: Number(level),
      sections: level === '1' ? sections : [],
      reason: `${restrictionReasons[kind]}: ${words}`,
    })
    if (answer.outcome === 'refused') {
      const says = notDone[answer.why]
      if (says === undefined) throw refusalOf({ why: answer.why as never })
      return showAsking(request, reply, withErrors(form, { level: says }))
    }
    return reply.redirect(
      paths.restrict({ person }, answer.outcome === 'asked' ? { done: 'asked' } : {}),
      303,
    )
  })

  app.get(paths.restrictions.pattern, decide, async (request, reply) => {
    const session = sessionOf(request)
    const all = await restrictionsKnown(db, session)
    const people = all.map(({ person }) => person)
    const names = await namesOf(db, session, people, 'looking at restrictions')
    const soon = addDays(dayOf(now()), 14)
    return reply.page('access/views/restrictions.njk', {
      title: 'Restricted records',
      toConfirm: all.filter(({ to }) => to).map(shown),
      toReview: all.filter(({ to, reviewOn }) => !to && reviewOn && reviewOn <= soon).map(shown),
      others: all.filter(({ to, reviewOn }) => !to && (!reviewOn || reviewOn > soon)).map(shown),
      nameOf: ({ person }: { person: string }) => names.get(person) ?? 'You are not named for it',
    })
  })

  async function one(request: FastifyRequest): Promise<Restriction> {
    const { restriction } = paths.restriction.read(request)
    const found = (await restrictionsKnown(db, sessionOf(request))).find((each) => each.id === restriction)
    if (!found) throw notFound()
    return found
  }

  async function showDeciding(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const restriction = await one(request)
    const session = sessionOf(request)
    const names = await namesOf(db, session, [restriction.person], 'looking at a restriction')
    const like = colleagueLike(request)
    const data = {
      title: 'A restriction',
      form,
      restriction: shown(restriction),
      name: names.get(restriction.person),
      record: recordOf(restriction.person),
      like,
      colleagues: (await colleagueOptions(db, session.account.id, { like })).filter(
        ({ value }) =>
          value !== session.account.id && !restriction.readers.some(({ id: reader }) => reader === value),
      ),
      longest,
    }
    const view = 'access/views/restriction.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.restriction.pattern, decide, (request, reply) =>
    showDeciding(request, reply, blankForm({ review: formatShortDate(addDays(dayOf(now()), longest)) })),
  )

  /** Does what a form of the restriction's page asks, and shows the page again. */
  const step =
    <S extends z.ZodType>(
      schema: S,
      field: string,
      work: (
        restriction: Restriction,
        value: z.output<S>,
        request: FastifyRequest,
      ) => Promise<WhyNotRestricted | undefined>,
      next: (restriction: Restriction) => string = ({ id: restriction }) =>
        paths.restriction({ restriction }),
    ) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const restriction = await one(request)
      const form = parseForm(schema, request.body)
      if (!form.ok) return showDeciding(request, reply, form)
      const refused = await work(restriction, form.value, request)
      if (refused) {
        const says = notDone[refused] ?? 'That cannot be done now'
        return showDeciding(request, reply, withErrors(form, { [field]: says }))
      }
      return reply.redirect(next(restriction), 303)
    }

  app.post(
    paths.restrictionConfirm.pattern,
    decide,
    step(confirming, 'review', ({ id: restriction }, { review }, request) =>
      confirmRestriction(db, sessionOf(request), restriction, review),
    ),
  )
  app.post(
    paths.restrictionReaders.pattern,
    decide,
    step(naming, 'reader', ({ id: restriction }, { reader }, request) =>
      nameReader(db, sessionOf(request), restriction, reader, true),
    ),
  )
  app.post(paths.restrictionReaderOff.pattern, decide, async (request, reply) => {
    const { restriction, account } = paths.restrictionReaderOff.read(request)
    const refused = await nameReader(db, sessionOf(request), restriction, account, false)
    if (refused) throw refuse(403, notDone[refused] ?? 'That cannot be done now')
    return reply.redirect(paths.restriction({ restriction }), 303)
  })
  app.post(
    paths.restrictionLift.pattern,
    decide,
    step(
      lifting,
      'words',
      ({ id: restriction }, { words }, request) =>
        liftRestriction(db, sessionOf(request), restriction, words),
      () => paths.restrictions(),
    ),
  )
}

/** What a level is called, and for level 1 which sections it closes. */
function shown(restriction: Restriction) {
  return {
    ...restriction,
    called: restrictionLevels[restriction.level].name,
    closes: restriction.sections.map(
      (section) => sensitiveSections[section as keyof typeof sensitiveSections] ?? section,
    ),
    href: paths.restriction({ restriction: restriction.id }),
  }
}

/** What must not be known, and a seal, are set by few (access.may_restrict). */
function levelsFor(roles: readonly string[]) {
  return Object.entries(restrictionLevels)
    .filter(([, { setBy }]) => setBy === undefined || setBy.some((role) => roles.includes(role)))
    .map(([value, { name, hint }]) => ({ value, text: name, hint }))
}
