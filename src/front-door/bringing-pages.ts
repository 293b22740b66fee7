import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readEmail } from '../casework/documents/e-mail.ts'
import { codeSet, labelOf } from '../codes/codes.ts'
import { blankForm, choice, type FormView, parseForm, text, wholeNumber, withErrors } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { uploads } from '../web/upload.ts'
import { dayOf } from '../web/words.ts'
import { frontDoorRoles } from './actor.ts'
import { complaintsOf, csvColumns, fromCsv, fromEmail, notification } from './notification.ts'
import { paths } from './paths.ts'
import { addSender, endSender, receive, senders } from './queue-store.ts'
import { sourceCodes, sourceOptions } from './words.ts'

const megabyte = 1024 ** 2
const largest = 5 * megabyte
const mostFiles = 20

/** Bringing notifications that came as e-mail or as a table, and letting other systems send them. */
export const bringingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: frontDoorRoles } } as const
  const administrators = { config: { access: { roles: ['A-ADM'] } } } as const

  app.get(paths.bring.pattern, open, (_request, reply) => showBring(reply, blankForm({ source: '6' })))

  app.post(paths.bring.pattern, open, async (request, reply) => {
    const wrong: string[] = []
    let brought = 0
    let foldedTogether = 0
    let source = '6'
    let files = 0
    const today = dayOf(now())
    for await (const { fields, file } of uploads(request, { fileSize: largest, files: mostFiles })) {
      files += 1
      if (sourceCodes.includes(fields.source ?? '')) source = fields.source!
      const bytes = await file.toBuffer().catch(() => undefined)
      if (!bytes) {
        wrong.push(`${file.filename} is larger than ${largest / megabyte} MB`)
        continue
      }
      const take = async (told: unknown, where: string, channel: 'email' | 'csv') => {
        const read = notification.safeParse(told)
        if (!read.success) {
          const [first] = complaintsOf(read.error)
          wrong.push(`${where}: ${first!.where} ${first!.what}`)
          return
        }
        const received = await receive(db, read.data, {
          channel,
          source: read.data.source ?? source,
          now: now(),
        })
        brought += 1
        if (received.folded) foldedTogether += 1
      }
      if (/\.csv$/i.test(file.filename)) {
        const table = fromCsv(bytes.toString('utf8'), today)
        wrong.push(...table.wrong.map((words) => `${file.filename}: ${words}`))
        for (const { row, told } of table.told) await take(told, `${file.filename}, row ${row}`, 'csv')
        continue
      }
      const mail = await readEmail(bytes)
      if (mail) await take(JSON.parse(JSON.stringify(fromEmail(mail, today))), file.filename, 'email')
      else wrong.push(`${file.filename} is no e-mail file and no table`)
    }
    if (files === 0) wrong.push('Choose the files')
    if (wrong.length > 0)
      return showBring(reply, withErrors(blankForm({ source }), { file: wrong.join('. ') }), {
        brought,
        wrong,
      })
    return reply.redirect(paths.queue({ brought: String(brought), folded: String(foldedTogether) }), 303)
  })

  function showBring(
    reply: FastifyReply,
    form: FormView,
    told: { brought?: number; wrong?: readonly string[] } = {},
  ) {
    const page = {
      title: 'Bring notifications',
      width: 'writing' as const,
      form,
      ...told,
      sources: sourceOptions,
      columns: csvColumns,
      action: paths.bring(),
    }
    return form.summary.length > 0
      ? reply.again('front-door/views/bring.njk', page)
      : reply.page('front-door/views/bring.njk', page)
  }

  const sending = z.object({
    name: text('Say which system', 100),
    source: choice(
      codeSet('referral_source').codes.map(({ code }) => code) as [string, ...string[]],
      'Say what kind of source it is',
    ),
    perHour: wholeNumber('Say how many an hour at most', 1, 5000),
  })

  app.get(paths.senders.pattern, administrators, (request, reply) =>
    showSenders(request, reply, blankForm({ source: '6', perHour: '200' })),
  )

  app.post(paths.senders.pattern, administrators, async (request, reply) => {
    const form = parseForm(sending, request.body)
    if (!form.ok) return showSenders(request, reply, form)
    const all = await senders(db, sessionOf(request))
    if (all.some(({ name }) => name.toLowerCase() === form.value.name.toLowerCase()))
      return showSenders(request, reply, withErrors(form, { name: 'There is a sender of this name already' }))
    // Shown on this page alone: it is nowhere else, and nobody can show it again.
    const token = await addSender(db, sessionOf(request), form.value)
    return showSenders(request, reply, blankForm({ source: '6', perHour: '200' }), {
      token,
      made: form.value.name,
    })
  })

  app.post(paths.endSender.pattern, administrators, async (request, reply) => {
    await endSender(db, sessionOf(request), paths.endSender.read(request).sender)
    return reply.redirect(paths.senders(), 303)
  })

  async function showSenders(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormView,
    made: { token?: string; made?: string } = {},
  ) {
    const all = await senders(db, sessionOf(request))
    const page = {
      title: 'Who may send notifications',
      form,
      ...made,
      all: all.map((one) => ({
        ...one,
        from: labelOf('referral_source', one.source),
        endHref: paths.endSender({ sender: one.id }),
      })),
      sources: sourceOptions,
      action: paths.senders(),
      api: paths.api(),
    }
    return form.summary.length > 0
      ? reply.again('front-door/views/senders.njk', page)
      : reply.page('front-door/views/senders.njk', page)
  }
}
