import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { writing } from '../access/reading.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf, formatShortDate } from '../web/words.ts'
import { originOptions } from './origins.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>
type Row = Readonly<Record<string, unknown>>

/** What a form about one fact of a record works with. */
export interface FactContext<P> {
  readonly request: FastifyRequest
  readonly trx: Trx
  readonly person: string
  readonly people: readonly string[]
  readonly account: string
  readonly today: Day
  /** The fact that is corrected; undefined for a new one. */
  readonly row: Row | undefined
  /** What `prepare` found. */
  readonly prepared: P
}

/** A page to add a fact to a record, and one to correct or end it: the same form. */
export interface FactForm<S extends z.ZodType, P = undefined> {
  /** The table of the record, and the field group of its rows. */
  readonly table: string
  readonly group: string
  /** More groups that the form shows something of. */
  readonly also?: readonly string[]
  readonly add: { readonly pattern: string }
  readonly change: { readonly pattern: string }
  readonly done: (person: string) => string
  readonly template: string
  readonly headings: { readonly add: string; readonly change: string }
  readonly schema: S
  /** Anything that has to be opened before the record is read; `filing`: the form is valid and about to be filed. */
  prepare?(request: FastifyRequest, person: string, filing: boolean): Promise<P>
  /** A new form’s values. */
  blank(context: FactContext<P>): Record<string, string> | Promise<Record<string, string>>
  valuesOf(row: Row): Record<string, string>
  /** What else the template needs. */
  data?(context: FactContext<P>): Promise<Record<string, unknown>>
  /** What is wrong with it, by field. */
  wrong?(value: z.output<S>, context: FactContext<P>): Promise<Record<string, string>>
  /** The row’s columns. */
  rowOf(
    value: z.output<S>,
    context: FactContext<P>,
  ): Record<string, unknown> | Promise<Record<string, unknown>>
}

/** The codes of a list of words, for `choice`. */
export const codesOf = <T extends object>(words: T) =>
  Object.keys(words) as [keyof T & string, ...(keyof T & string)[]]

/** The same list as the options of radios or a select. */
export const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, said]) => ({ value, text: said[0]!.toUpperCase() + said.slice(1) }))

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a piece of an address can be the id of a fact or a person. */
export const isId = (text: string): boolean => uuid.test(text)

/** Day columns as a form shows them. */
export const dayValues = (row: Row, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, row[name] ? formatShortDate(row[name] as Day) : '']))

/** Registers the four routes of a form about a fact. */
export function factForm<S extends z.ZodType, P = undefined>(app: FastifyInstance, form: FactForm<S, P>) {
  const access = { config: { access: 'signed-in' } } as const
  const personOf = (request: FastifyRequest) => request.params as { person: string; fact?: string }

  async function show(request: FastifyRequest, reply: FastifyReply, view?: FormView) {
    const { person, fact } = personOf(request)
    // Whoever may not write it is told before they type.
    if (!(await openToWrite(request, reply))) return reply
    const prepared = (await form.prepare?.(request, person, false)) as P
    if (view) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'recording in the record',
        groups: [form.group, ...(form.also ?? [])],
        heading: fact ? form.headings.change : form.headings.add,
        template: form.template,
      },
      async ({ trx, opened }) => {
        const row = fact ? await rowOf(trx, form.table, opened.people, fact) : undefined
        const context = { ...contextOf(request, trx, person, opened.people, prepared), row }
        const values = row ? form.valuesOf(row) : await form.blank(context)
        return {
          form: view ?? blankForm(values),
          fact: row && {
            id: fact,
            table: form.table,
            inErrorHref: paths.takeBack({ person, table: form.table, fact: fact! }),
          },
          action: request.url,
          back: form.done(person),
          originOptions,
          ...(await form.data?.(context)),
        }
      },
    )
  }

  function openToWrite(request: FastifyRequest, reply: FastifyReply) {
    return openOrRefuse(request, reply, personOf(request).person, {
      purpose: 'recording in the record',
      groups: [form.group],
      action: 'write',
    })
  }

  async function file(request: FastifyRequest, reply: FastifyReply) {
    const { person, fact } = personOf(request)
    const session = sessionOf(request)
    const parsed = parseForm(form.schema, request.body)
    if (!parsed.ok) return show(request, reply, parsed)
    const prepared = (await form.prepare?.(request, person, true)) as P
    const opened = await openToWrite(request, reply)
    if (!opened) return reply
    let errors: Record<string, string> = {}
    const next = await writing(request.server.deps.db, session, async (trx) => {
      const row = fact ? await rowOf(trx, form.table, opened.people, fact) : undefined
      const context = { ...contextOf(request, trx, person, opened.people, prepared), row }
      errors = (await form.wrong?.(parsed.value, context)) ?? {}
      if (Object.keys(errors).length > 0) return undefined
      return once(trx, parsed, session.account.id, async () => {
        const columns = await form.rowOf(parsed.value, context)
        if (fact) await trx.updateTable(form.table).set(columns).where('id', '=', fact).execute()
        else
          await trx
            .insertInto(form.table)
            .values({ person_id: person, ...columns })
            .execute()
        return form.done(person)
      })
    })
    if (next === undefined) return show(request, reply, withErrors(parsed, errors))
    return reply.redirect(next, 303)
  }

  app.get(form.add.pattern, access, (request, reply) => show(request, reply))
  app.post(form.add.pattern, access, file)
  app.get(form.change.pattern, access, (request, reply) => show(request, reply))
  app.post(form.change.pattern, access, file)
}

function contextOf<P>(
  request: FastifyRequest,
  trx: Trx,
  person: string,
  people: readonly string[],
  prepared: P,
) {
  const { now = () => new Date() } = request.server.deps
  const account = sessionOf(request).account.id
  return { request, trx, person, people, account, today: dayOf(now()), prepared }
}

/** One row of a person, as far as it is open. @throws Refusal 404 when there is none */
async function rowOf(trx: Trx, table: string, people: readonly string[], id: string): Promise<Row> {
  if (!isId(id)) throw notFound()
  const { rows } = await sql<Row>`
    select * from ${sql.table(table)} where id = ${id} and person_id = any (${[...people]}::uuid[])`.execute(
    trx,
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}
