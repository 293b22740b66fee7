import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { noteOnTrail, noteShown, openList } from '../../access/opening.ts'
import { reading, writing } from '../../access/reading.ts'
import { refusalOf } from '../../access/refusal.ts'
import { sessionOf } from '../../web/session.ts'
import { leaks } from '../papers/leaks.ts'
import { pdfOf } from '../papers/pdf.ts'
import { markPrinted, type Waiting, waitingLetters } from './letters-store.ts'
import { paths } from './paths.ts'

/** Whose work printing is, and whoever writes letters. */
export const printers = { roles: ['A-BS', 'A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-FOS', 'A-ADO'] } as const

/** Letters that wait to be printed, of the children of one’s teams: as one PDF, each looked through once more before. */
export const letterPrintingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const only = { config: { access: printers } } as const

  async function waiting(request: FastifyRequest): Promise<Waiting[]> {
    const session = sessionOf(request)
    const opened = await openList(db, session, 'caseload', {
      purpose: 'printing letters',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const letters = await reading(db, session, (trx) => waitingLetters(trx))
    await noteShown(db, session, 'caseload', [...new Set(letters.map(({ person }) => person))], request.id)
    return letters
  }

  app.get(paths.toPrint.pattern, only, async (request, reply) =>
    reply.page('casework/letters/views/to-print.njk', {
      title: 'Letters to print',
      letters: await waiting(request),
      action: paths.toPrint(),
    }),
  )

  app.post(paths.toPrint.pattern, only, async (request, reply) => {
    const session = sessionOf(request)
    const { letter, what } = (request.body ?? {}) as { letter?: string | string[]; what?: string }
    const ticked = new Set([letter ?? []].flat())
    const chosen = (await waiting(request)).filter(({ id }) => ticked.has(id))
    if (chosen.length === 0) return reply.redirect(paths.toPrint(), 303)
    if (what === 'printed') {
      await writing(db, session, async (trx) =>
        markPrinted(
          trx,
          chosen.map(({ id }) => id),
        ),
      )
      return reply.redirect(paths.toPrint(), 303)
    }
    // What was no secret when it was written may be one now.
    const kept = await reading(db, session, async (trx) => {
      const found = new Set<string>()
      for (const one of chosen) {
        const given = { about: [one.person], addressee: one.addressee ?? undefined, homeKept: one.homeKept }
        if ((await leaks(trx, given, one.content)).length > 0) found.add(one.id)
      }
      return found
    })
    if (kept.size > 0)
      return reply.code(409).page('casework/letters/views/to-print.njk', {
        title: 'Letters to print',
        letters: chosen.filter(({ id }) => !kept.has(id)),
        action: paths.toPrint(),
        kept: `${kept.size === 1 ? 'One letter' : `${kept.size} letters`} cannot go any more: something in it must be kept from its reader since it was written. Whoever wrote it has to write it again: ${chosen
          .filter(({ id }) => kept.has(id))
          .map(({ name, by }) => `${name} (${by ?? 'nobody on record'})`)
          .join(', ')}`,
      })
    for (const { id, person } of chosen)
      await noteOnTrail(db, session, 'print', {
        purpose: 'printing a letter',
        subject: person,
        details: { letter: id },
      })
    const bytes = await pdfOf(
      chosen.map(({ content }) => content),
      now(),
      'Letters to print',
    )
    return reply
      .header('content-disposition', 'inline; filename="letters.pdf"')
      .header('x-content-type-options', 'nosniff')
      .header(
        'content-security-policy',
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .type('application/pdf')
      .send(bytes)
  })
}
