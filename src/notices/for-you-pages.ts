import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { notices } from '../access/emergency-store.ts'
import { namesOf } from '../access/names.ts'
import { openList } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { clientWords } from '../access/sessions.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, ids, optionalText, parseForm } from '../web/form.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { calendarOf, endFeed, makeFeed, myFeed, readFeed } from './calendar-feed.ts'
import { digestHour, familiesListed, forYou, readForYou, setDigest } from './for-you-store.ts'
import { mailSettings } from './mail-settings.ts'
import { paths } from './paths.ts'
import { linesOf } from './telling.ts'

const marking = z.object({ line: ids('Choose what you have read') })
const hours = [7, 8, 9, 12, 16, 18]
const choosing = z.object({ hour: optionalText(2) })

/** What happened on one's children and what was asked of one; one's digest and calendar. */
export const forYouPages: FastifyPluginAsync = async (app) => {
  const { db, config, now = () => new Date() } = app.deps
  const signedIn = { config: { access: 'signed-in' } } as const

  app.get(housePaths.forYou.pattern, signedIn, async (request, reply) => {
    const session = sessionOf(request)
    const opened = await openList(db, session, 'caseload', {
      purpose: 'reading what I was told',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const found = await reading(db, session, async (trx) => ({
      told: await forYou(trx),
      families: await familiesListed(trx, dayOf(now())),
    }))
    const lines = linesOf(found.told, found.families)
    const names = await namesOf(
      db,
      session,
      lines.flatMap(({ people }) => people),
      'reading what I was told',
    )
    const shown = lines.map((line) => ({
      ...line,
      children: line.people.map((person) => ({
        called: names.get(person) ?? 'a record you answer for',
        href: names.has(person) ? peoplePaths.record({ person }) : undefined,
      })),
    }))
    return reply.page('notices/views/for-you.njk', {
      title: 'For you',
      asked: shown.filter(({ asked, read }) => asked && !read),
      happened: shown.filter(({ asked, read }) => !asked && !read),
      read: shown.filter(({ read }) => read),
      access: (await notices(db, session)).filter(({ readAt }) => !readAt).length,
    })
  })

  app.post(paths.read.pattern, signedIn, async (request, reply) => {
    const form = parseForm(marking, request.body)
    if (form.ok) await writing(db, sessionOf(request), (trx) => readForYou(trx, form.value.line))
    return reply.redirect(housePaths.forYou(), 303)
  })

  app.post(paths.readAll.pattern, signedIn, async (request, reply) => {
    await writing(db, sessionOf(request), (trx) => readForYou(trx))
    return reply.redirect(housePaths.forYou(), 303)
  })

  async function remindersView(request: Parameters<typeof sessionOf>[0], address?: string) {
    const found = await reading(db, sessionOf(request), async (trx) => ({
      hour: await digestHour(trx),
      feed: await myFeed(trx),
    }))
    return {
      title: 'Reminders',
      width: 'writing' as const,
      form: blankForm({ hour: found.hour === undefined ? '' : String(found.hour) }),
      hours: [
        { value: '', text: 'No e-mail' },
        ...hours.map((hour) => ({ value: String(hour), text: `At ${hour}:00` })),
      ],
      mail: mailSettings() !== undefined,
      feed: found.feed,
      address,
    }
  }

  app.get(paths.reminders.pattern, signedIn, async (request, reply) =>
    reply.page('notices/views/reminders.njk', await remindersView(request)),
  )

  app.post(paths.digest.pattern, signedIn, async (request, reply) => {
    const form = parseForm(choosing, request.body)
    const hour = form.ok ? hours.find((one) => String(one) === form.value.hour) : undefined
    await writing(db, sessionOf(request), (trx) => setDigest(trx, hour))
    return reply.redirect(paths.reminders(), 303)
  })

  // Shown in the answer to the form and never again: nobody finds it in an address, a history or a log.
  app.post(paths.calendarNew.pattern, signedIn, async (request, reply) => {
    const secret = await writing(db, sessionOf(request), makeFeed)
    const address = `${request.protocol}://${request.host}${paths.feed({ secret })}`
    return reply.page('notices/views/reminders.njk', await remindersView(request, address))
  })

  app.post(paths.calendarEnd.pattern, signedIn, async (request, reply) => {
    await writing(db, sessionOf(request), endFeed)
    return reply.redirect(paths.reminders(), 303)
  })

  app.get(
    paths.feed.pattern,
    {
      config: {
        access: 'anyone',
        session: false,
        // A calendar program asks some times a day; whoever guesses asks more often.
        rateLimit: { max: 20, timeWindow: '10 minutes', keyGenerator: ({ ip }) => ip },
      },
    },
    async (request, reply) => {
      const { secret } = paths.feed.read(request)
      const entries = await readFeed(db, secret, clientWords(request))
      if (!entries) throw notFound()
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="cairn.ics"')
        .send(calendarOf(entries, config.serviceName))
    },
  )
}
