import type { FastifyPluginAsync } from 'fastify'
import { openOrRefuse } from '../../access/open-or-refuse.ts'
import { reading, writing } from '../../access/reading.ts'
import { showPart } from '../../people/record.ts'
import { notFound } from '../../web/errors.ts'
import { sessionOf } from '../../web/session.ts'
import { dayOf } from '../../web/words.ts'
import { htmlOf } from '../papers/html.ts'
import { forms, render } from '../papers/render.ts'
import { paths as caseworkPaths } from '../paths.ts'
import { askToPrint, letterOf, lettersOf, markPrinted, markTranslated } from './letters-store.ts'
import { paths } from './paths.ts'

const groups = ['F25']
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The letters of a record, one with what became of it, and its Word file. */
export const letterReadingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.letters.pattern, open, async (request, reply) => {
    const { person } = paths.letters.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading the list of letters',
        groups,
        heading: 'Letters',
        template: 'casework/letters/views/letters.njk',
      },
      async ({ trx, opened }) => ({
        letters: (await lettersOf(trx, opened.people)).map((one) => ({
          ...one,
          href: paths.letter({ person, letter: one.id }),
        })),
        chooseHref: paths.choose({ person }),
      }),
    )
  })

  app.get(paths.letter.pattern, open, async (request, reply) => {
    const { person, letter } = ask(paths.letter.read(request))
    return showPart(
      request,
      reply,
      {
        person,
        purpose: `reading letter ${letter}`,
        groups,
        heading: 'Letter',
        template: 'casework/letters/views/letter.njk',
      },
      async ({ trx, opened, knownAt }) => {
        const kept = await letterOf(trx, opened.people, letter)
        if (!kept) throw notFound()
        const document = kept.document
        return {
          letter: kept,
          preview: htmlOf(kept.content, 2),
          writes: opened.level === 'full' && !knownAt,
          lookHref: caseworkPaths.documentLook({ person, document }),
          wordHref: paths.word({ person, letter }),
          documentHref: caseworkPaths.document({ person, document }),
          handleHref: paths.handle({ person, letter }),
        }
      },
    )
  })

  app.get(paths.word.pattern, open, async (request, reply) => {
    const { person, letter } = ask(paths.word.read(request))
    const opened = await openOrRefuse(request, reply, person, {
      purpose: `downloading letter ${letter} as a Word file`,
      groups,
      action: 'download',
    })
    if (!opened) return reply
    const kept = await reading(db, sessionOf(request), (trx) => letterOf(trx, opened.people, letter))
    if (!kept) throw notFound()
    const { bytes } = await render(kept.content, 'docx', kept.at)
    return reply
      .header('content-disposition', `attachment; filename="letter-${dayOf(kept.at)}.docx"`)
      .header('x-content-type-options', 'nosniff')
      .type(forms.docx.media)
      .send(bytes)
  })

  app.post(paths.handle.pattern, open, async (request, reply) => {
    const { person, letter } = ask(paths.handle.read(request))
    const { what } = (request.body ?? {}) as { what?: string }
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'handling a letter',
      groups,
      action: 'write',
    })
    if (!opened) return reply
    const done = await writing(db, sessionOf(request), async (trx) => {
      if (!(await letterOf(trx, opened.people, letter))) return false
      if (what === 'printed') return (await markPrinted(trx, [letter])) > 0
      if (what === 'translated') return markTranslated(trx, letter, dayOf(now()))
      return what === 'ask' && askToPrint(trx, letter)
    })
    if (!done) throw notFound()
    return reply.redirect(paths.letter({ person, letter }), 303)
  })
}

function ask<T extends { letter: string }>(found: T): T {
  if (!uuid.test(found.letter)) throw notFound()
  return found
}
