import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { withoutSecrets } from '../../access/page-parts.ts'
import { proofFields, proofView, prove } from '../../access/proof.ts'
import { reading } from '../../access/reading.ts'
import { refuse } from '../../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../../web/form.ts'
import { sessionOf } from '../../web/session.ts'
import { analysts } from '../menu.ts'
import { chosenOf, mustFind } from './asked.ts'
import { paths } from './paths.ts'
import { allFindings, type CheckRun, type Chosen, noteDownload, type Transaction } from './store.ts'
import { checkName } from './words.ts'
import { headings, lines, writeTableCsv, writeTableXlsx } from './write.ts'

const forms = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
type Form = keyof typeof forms

/** Taking findings out, as CSV or as a workbook: asks again who sits there, and is on the trail first. */
export const downloadPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const work = { config: { access: analysts } } as const

  async function mustBeDone(request: FastifyRequest, check: string): Promise<CheckRun> {
    const run = await reading(db, sessionOf(request), (trx) => mustFind(trx, check))
    if (run.state === 'finished') return run
    throw refuse(409, 'This check has nothing to download.', {
      next: { text: 'What came of it', href: paths.run({ check }) },
    })
  }

  async function showProof(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { check } = paths.download.read(request)
    const run = await mustBeDone(request, check)
    const proof = await proofView(app, request)
    const wanted = request.query as Record<string, string>
    if (proof.fresh) return reply.redirect(paths.file({ check }, wanted), 303)
    const view = 'returns/checking/views/download.njk'
    const data = {
      title: 'Download what was found',
      width: 'writing' as const,
      ...{ form, proof, run, wanted, address: paths.download({ check }, wanted) },
    }
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.download.pattern, work, (request, reply) => showProof(request, reply, blankForm()))

  app.post(paths.download.pattern, work, async (request, reply) => {
    const { check } = paths.download.read(request)
    const form = parseForm(z.object(proofFields), request.body)
    const clean = withoutSecrets(form)
    if (!form.ok) return showProof(request, reply, clean)
    const unproven = await prove(app, request, form.value)
    if (unproven) return showProof(request, reply, withErrors(clean, { password: unproven }))
    return reply.redirect(paths.file({ check }, request.query as Record<string, string>), 303)
  })

  app.get(paths.file.pattern, work, async (request, reply) => {
    const session = sessionOf(request)
    const { check } = paths.file.read(request)
    const run = await mustBeDone(request, check)
    const query = request.query as Record<string, string>
    if (!(await proofView(app, request)).fresh) return reply.redirect(paths.download({ check }, query), 303)
    const form: Form = query.form === 'xlsx' ? 'xlsx' : 'csv'
    await noteDownload(db, session.secret, run.id, form, request.id)
    const folder = await mkdtemp(join(tmpdir(), 'cairn-check-'))
    const gone = () => rm(folder, { recursive: true, force: true })
    try {
      const file = join(folder, `findings.${form}`)
      await reading(db, session, (trx) => write(trx, run, chosenOf(request), form, file))
      const stream = createReadStream(file).once('close', gone)
      return reply
        .header('content-type', forms[form])
        .header('content-disposition', `attachment; filename="${fileName(run, form)}"`)
        .header('cache-control', 'no-store')
        .send(stream)
    } catch (error) {
      await gone()
      throw error
    }
  })
}

const fileName = (run: CheckRun, form: Form) =>
  `findings-${checkName(run).toLowerCase().replaceAll(' ', '-')}.${form}`

async function write(
  trx: Transaction,
  run: CheckRun,
  chosen: Chosen,
  form: Form,
  file: string,
): Promise<void> {
  const table = tableOf(trx, run, chosen)
  if (form === 'csv') return writeTableCsv(table, file)
  await writeTableXlsx(table, [8, 8, 16, 80, 24, 8, 40, 24, 12], file)
}

/** As the command writes it, and behind it the team and whether it is ticked off. */
async function* tableOf(trx: Transaction, run: CheckRun, chosen: Chosen) {
  yield [...headings, 'Team', 'Ticked off']
  const messages = new Map(run.rules.map(({ code, message }) => [code, message]))
  for await (const some of allFindings(trx, run.id, chosen)) {
    for (const one of some) {
      const finding = { ...one, message: messages.get(one.rule) ?? '' }
      for (const line of lines([finding])) yield [...line, one.team, one.ticked_at === null ? null : 'yes']
    }
  }
}
