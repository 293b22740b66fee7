import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writing } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../web/form.ts'
import { listState } from '../web/list.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { uploads } from '../web/upload.ts'
import { dayOf } from '../web/words.ts'
import { analysts } from './menu.ts'
import { collectionYear } from './model.ts'
import { paths } from './paths.ts'
import { inWorkspace } from './problem-store.ts'
import {
  type Decision,
  decisionWords,
  kindWords,
  parts,
  partWords,
  type ReturnPart,
  signers,
  signerWords,
} from './reconciliation-model.ts'
import { linesByTable, returnLines, signOffOf, stateOfPart } from './reconciliation-shown.ts'
import {
  askReconciliation,
  type DifferenceRow,
  decideDifference,
  differencesOf,
  findDifference,
  linesOf,
  loadAfter,
  partsOf,
  type Refused,
  reconciledLoads,
  rowsOfDifference,
  signaturesOf,
  signReconciliation,
} from './reconciliation-store.ts'
import { findRun, type RunRow } from './store.ts'
import { Upload } from './uploads.ts'
import { yearsUntil } from './words.ts'

/** Who sees the counts: whoever signs. Rows of people are for analysts, as all rows of a load are. */
const signing = { roles: signers } as const

const largestFile = 2 * 1024 ** 3
const mostFiles = 30

const deciding = z
  .looseObject({
    decision: z.enum(['explained', 'put-right'], { error: 'Choose one' }),
    words: z.string().trim().max(2000, 'Say it in fewer than 2,000 characters').optional(),
  })
  .refine(({ decision, words = '' }) => decision !== 'explained' || words.length >= 3, {
    path: ['words'],
    message: 'Say why it is right as it is',
  })
const signed = z.looseObject({ role: z.enum(signers), shown: z.string() })

const whyNot: Record<Refused, string> = {
  'later-load': 'Another load has come in since. Reconcile and sign that one.',
  'not-all': 'Calculate the files of the load and both returns first: a sign-off is for all three.',
  'calculated-anew': 'It was calculated again while you looked at it. Look at what is there now.',
  undecided: 'A difference is still undecided. Explain each, or put it right and calculate again.',
  'signed-already': 'It is signed in that role already, or you have signed it yourself in the other.',
}

/** The reconciliation of a load: its files, and the authority's own last returns, beside our views; and its sign-off. */
export const reconciliationPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: analysts } } as const
  const seen = { config: { access: signing } } as const

  app.get(paths.reconciliations.pattern, seen, async (_request, reply) =>
    reply.page('importing/views/reconciliations.njk', {
      title: 'Reconciliation',
      loads: await reconciledLoads(db),
    }),
  )

  app.get(paths.reconciliation.pattern, seen, async (request, reply) => show(request, reply))

  app.get(paths.reconciliationProgress.pattern, seen, async (request, reply) => {
    const run = await mustFind(paths.reconciliationProgress.read(request).run)
    const { asked } = await partsOf(db, run.id)
    const part = asked.find((one) => one.id === (request.query as { of?: string }).of)
    if (part === undefined) throw notFound()
    return reply.fragment('importing/views/progress.njk', { run: stateOfPart(part) })
  })

  app.post(paths.reconcile.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const run = await mustFind(paths.reconcile.read(request).run)
    const form = parseForm(z.looseObject({}), request.body)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await askReconciliation(trx, session, { run: run.id, part: 'tables' })
        return paths.reconciliation({ run: run.id })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.reconcileReturn.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const run = await mustFind(paths.reconcileReturn.read(request).run)
    const came = await receive(request)
    if ('form' in came) return show(request, reply, { upload: came.form })
    const { upload, part, period } = came
    try {
      const next = await writing(db, session, (trx) =>
        once(trx, { once: came.once }, session.account.id, async () => {
          const ask = { run: run.id, part, period, files: upload.names }
          await upload.giveTo(await askReconciliation(trx, session, ask))
          return paths.reconciliation({ run: run.id })
        }),
      )
      return reply.redirect(next, 303)
    } finally {
      await upload.discard()
    }
  })

  app.get(paths.difference.pattern, open, async (request, reply) => showDifference(request, reply))

  app.post(paths.difference.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const { difference: id } = paths.difference.read(request)
    const { run_id } = await mustFindDifference(id)
    const form = parseForm(deciding, request.body)
    if (!form.ok) return showDifference(request, reply, form)
    const { decision, words = '' } = form.value
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await decideDifference(trx, session, id, decision, words)))
          throw refuse(409, 'This was calculated again meanwhile: decide on what is there now')
        return paths.reconciliation({ run: run_id })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.signReconciliation.pattern, seen, async (request, reply) => {
    const session = sessionOf(request)
    const run = await mustFind(paths.signReconciliation.read(request).run)
    const form = parseForm(signed, request.body)
    if (!form.ok || !session.roles.includes(form.value.role)) throw notFound()
    const { role, shown } = form.value
    const ids = shown.split(' ').filter((id) => /^[0-9a-f-]{36}$/.test(id))
    let why: Refused | null = null
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        why = await signReconciliation(trx, session, run.id, role, ids)
        return paths.reconciliation({ run: run.id })
      }),
    )
    return why === null ? reply.redirect(next, 303) : show(request, reply, { why: whyNot[why] })
  })

  async function mustFind(id: string): Promise<RunRow & { system: string; entered_at: Date }> {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
    const run = await findRun(db, id)
    if (run?.source !== ('ssd' as string) || run.state !== 'finished') throw notFound()
    return run as RunRow & { system: string; entered_at: Date }
  }

  async function mustFindDifference(id: string): Promise<DifferenceRow> {
    const found = /^[0-9a-f-]{36}$/.test(id) ? await findDifference(db, id) : undefined
    if (found === undefined) throw notFound()
    return found
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    refused: { upload?: FormView; why?: string } = {},
  ) {
    const { roles } = sessionOf(request)
    const run = await mustFind((request.params as { run: string }).run)
    const { asked, current } = await partsOf(db, run.id)
    const ids = current.map(({ id }) => id)
    const [lines, differences, signatures, later] = await Promise.all([
      linesOf(db, ids),
      differencesOf(db, ids),
      signaturesOf(db, run.id),
      loadAfter(db, run.id),
    ])
    const shownParts = parts.map((part) => {
      const now = current.find((one) => one.part === part)
      const last = asked.find((one) => one.part === part)
      const mine = lines.filter(({ reconciled_id }) => reconciled_id === now?.id)
      return {
        part,
        title: now?.period ? `${partWords[part]}, ${collectionYear(now.period)}` : partWords[part],
        now,
        last: last && last.id !== now?.id ? { ...last, progress: stateOfPart(last) } : undefined,
        ...(part === 'tables' ? { tables: linesByTable(mine) } : { modules: returnLines(mine) }),
        differences: differences
          .filter((one) => one.reconciled_id === now?.id)
          .map((one) => ({ ...one, kindText: kindWords[one.kind], decisionText: said(one) })),
      }
    })
    const undecided = differences.filter(({ decision }) => decision !== 'explained').length
    const data = {
      title: 'Reconciliation',
      run,
      later,
      parts: shownParts,
      undecided,
      signOff: signOffOf(signatures, roles, signers, signerWords),
      mayCalculate: roles.includes('A-PERF') && later === undefined,
      shown: ids.join(' '),
      form: refused.upload ?? blankForm(),
      calculate: blankForm(),
      why: refused.why,
      kinds: (['cin-census', 'ssda903'] as const).map((value) => ({ value, text: partWords[value] })),
      years: yearsUntil(dayOf(now())),
      isAnalyst: roles.includes('A-PERF'),
    }
    const view = 'importing/views/reconciliation.njk'
    return refused.upload || refused.why ? reply.again(view, data) : reply.page(view, data)
  }

  async function showDifference(request: FastifyRequest, reply: FastifyReply, refused?: FormView) {
    const { difference: id } = request.params as { difference: string }
    const difference = await mustFindDifference(id)
    const list = listState(request, { sorts: ['line'], perPage: 50 })
    const rows = await inWorkspace(db, sessionOf(request), request.id, async (trx) => {
      const result = await rowsOfDifference(trx, difference, list.perPage, list.offset)
      return { result, shown: result.map(({ person_id }) => person_id) }
    })
    const run = await mustFind(difference.run_id)
    const { decision, words } = difference
    const data = {
      title: [difference.subject, difference.field].filter(Boolean).join(', '),
      difference,
      kindText: kindWords[difference.kind],
      run,
      list,
      rows,
      decisions: (Object.keys(decisionWords) as Decision[]).map((value) => ({
        value,
        text: decisionWords[value],
      })),
      form: refused ?? blankForm({ decision: decision ?? '', words: words ?? '' }),
    }
    return refused
      ? reply.again('importing/views/reconciliation-difference.njk', data)
      : reply.page('importing/views/reconciliation-difference.njk', data)
  }
}

const said = ({ decision, words, decided_name }: DifferenceRow): string =>
  decision === null
    ? 'Undecided'
    : decision === 'explained'
      ? `Explained by ${decided_name}: ${words}`
      : `Said to be put right by ${decided_name}; calculate again`

interface Received {
  part: ReturnPart
  period: string
  upload: Upload
  once: string
}

async function receive(request: FastifyRequest): Promise<Received | { form: FormView }> {
  const upload = await Upload.begin(randomUUID())
  const fields: Record<string, string> = {}
  try {
    for await (const { file } of uploads(request, { fileSize: largestFile, files: mostFiles }, fields)) {
      await upload.take(file.filename, file.file)
    }
  } catch (error) {
    await upload.discard()
    throw error
  }
  const { part, year = '', _once: key } = fields
  const errors: Record<string, string> = {}
  const known = part === 'cin-census' || part === 'ssda903'
  if (!known) errors.part = 'Choose which return it is'
  if (upload.names.length === 0) errors.files = 'Choose the files of the return'
  if (part === 'cin-census' && upload.names.length > 1) errors.files = 'A census is one file'
  if (known && Object.keys(errors).length === 0) {
    const period = part === 'ssda903' && /^20\d\d$/.test(year) ? year : ''
    return { part, period, upload, once: key ?? randomUUID() }
  }
  await upload.discard()
  return { form: withErrors({ ...blankForm(), values: { part, year } }, errors) }
}
