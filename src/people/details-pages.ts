import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { writing } from '../access/reading.ts'
import { codeSet, labelOf } from '../codes/codes.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  type FormView,
  nest,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf, formatShortDate } from '../web/words.ts'
import { type DetailKind, detailKinds, details, kindOptions, startOf } from './details.ts'
import * as store from './details-store.ts'
import { factsOf } from './facts-store.ts'
import { mergesShown } from './merging-pages.ts'
import { paths } from './paths.ts'
import { type OpenPart, showPart } from './record.ts'
import { sourceCell } from './sources.ts'
import { kindWords } from './words.ts'

const signedIn = { config: { access: 'signed-in' } } as const
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const why = z.object({ reason: text('Say why it should never have been here', 1000) })

/** Homes that a new one takes the place of. */
const ended = z.object({ ends: z.record(z.string(), z.string()).catch({}) })

const about = z
  .object({
    sex: choice(['F', 'M', 'U'], 'Choose the sex, or that it is not known'),
    born: optionalDay({ notAfterToday: 'Nobody is born in the future: say when the child is expected' }),
    bornEstimated: tick(),
    expected: optionalDay(),
    died: optionalDay({ notAfterToday: 'Nobody has died in the future' }),
    pronouns: optionalText(60),
  })
  .refine(({ born, expected }) => !(born && expected), {
    message: 'Once born, a child is no longer expected: leave this empty',
    path: ['expected'],
  })
  .refine(({ born, died }) => !born || !died || born <= died, {
    message: 'Nobody dies before they are born',
    path: ['died'],
  })

/** Who somebody is and where to find them: names, addresses, telephone numbers and numbers, entered and put right. */
export const detailsPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(paths.details.pattern, signedIn, async (request, reply) => {
    const { person } = paths.details.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading names, addresses and numbers',
        groups: ['F03', 'F04'],
        heading: 'Names and addresses',
        template: 'people/views/details.njk',
      },
      async (part) => ({
        person,
        mayWrite: part.opened.level === 'full' && !part.knownAt,
        aboutHref: paths.about({ person }),
        samePersonHref: paths.samePerson({ person }),
        merges: await mergesShown(part.trx, part.session, person, part.opened.people),
        ...(await everyDetail(person, part)),
      }),
    )
  })

  app.get(paths.detailNew.pattern, signedIn, async (request, reply) => {
    const { kind } = mustKnow(paths.detailNew.read(request))
    return showForm(request, reply, kind, blankForm(startOf[kind]))
  })

  app.post(paths.detailNew.pattern, signedIn, async (request, reply) => {
    const { person, kind } = mustKnow(paths.detailNew.read(request))
    const { table, row, schema } = details[kind]
    const form = parseForm(schema, request.body)
    if (!form.ok) return showForm(request, reply, kind, form)
    const made = row(form.value as never)
    const homes =
      kind === 'address' && made.kind === 'home'
        ? ended.parse(nest(request.body as Record<string, unknown>)).ends
        : {}
    return keep(request, reply, { kind, person, form }, async (trx, people) => {
      await store.endHomes(
        trx,
        people,
        Object.keys(homes).filter((id) => uuid.test(id)),
        (made.from_day as Day | null) ?? dayOf(now()),
      )
      await store.addDetail(trx, table, person, made)
    })
  })

  app.get(paths.detail.pattern, signedIn, async (request, reply) => {
    const { kind } = mustKnow(paths.detail.read(request))
    return showForm(request, reply, kind)
  })

  app.post(paths.detail.pattern, signedIn, async (request, reply) => {
    const { person, kind, fact } = mustKnow(paths.detail.read(request))
    const { table, row, schema } = details[kind]
    const form = parseForm(schema, request.body)
    if (!form.ok) return showForm(request, reply, kind, form)
    const made = row(form.value as never)
    return keep(request, reply, { kind, person, form }, async (trx, people) => {
      if (!(await store.changeDetail(trx, table, people, fact, made))) throw gone(person)
    })
  })

  app.post(paths.detailOut.pattern, signedIn, async (request, reply) => {
    const { person, kind, fact } = mustKnow(paths.detailOut.read(request))
    const form = parseForm(why, request.body)
    if (!form.ok) return showForm(request, reply, kind, undefined, form)
    return keep(request, reply, { kind, person, form }, async (trx) => {
      if (!(await store.takeOut(trx, details[kind].table, fact, form.value.reason))) throw gone(person)
    })
  })

  app.get(paths.about.pattern, signedIn, (request, reply) => showAbout(request, reply))

  app.post(paths.about.pattern, signedIn, async (request, reply) => {
    const { person } = paths.about.read(request)
    const session = sessionOf(request)
    const form = parseForm(about, request.body)
    if (!form.ok) return showAbout(request, reply, form)
    const groups = ['F01', 'F02']
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'correcting who somebody is',
      groups,
      action: 'write',
    })
    if (!opened) return reply
    const { sex, born, bornEstimated, expected, died, pronouns } = form.value
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await store.changeAbout(trx, person, {
          sex,
          born: born ?? null,
          bornEstimated: born !== undefined && bornEstimated,
          expected: expected ?? null,
          died: died ?? null,
          pronouns: pronouns ?? null,
        })
        return paths.details({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  type Writing = Parameters<Parameters<typeof writing>[2]>[0]

  /** Opens the part for writing, files the form once, and shows all details again. */
  async function keep(
    request: FastifyRequest,
    reply: FastifyReply,
    { kind, person, form }: { kind: DetailKind; person: string; form: FormView },
    work: (trx: Writing, people: readonly string[]) => Promise<void>,
  ) {
    const session = sessionOf(request)
    const { groups } = details[kind]
    const opened = await openOrRefuse(request, reply, person, {
      purpose: `correcting ${details[kind].table.replaceAll('_', ' ')}`,
      groups,
      action: 'write',
    })
    if (!opened) return reply
    try {
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          await work(trx, opened.people)
          return `${paths.details({ person })}#${kind}`
        }),
      )
      return reply.redirect(next, 303)
    } catch (error) {
      // The person has it already: the same kind, the same words.
      if ((error as { code?: string }).code !== '23505') throw error
      const field = kind === 'name' ? 'forename' : kind === 'address' ? 'lines' : 'value'
      return showForm(request, reply, kind, withErrors(form, { [field]: 'This is on the record already' }))
    }
  }
}

const gone = (person: string) =>
  refuse(409, 'Somebody has taken it out or changed it meanwhile, or it is not yours to change.', {
    title: 'This is no longer there',
    next: { text: 'Names and addresses', href: paths.details({ person }) },
  })

/** @throws Refusal 404 for a kind or a fact there cannot be */
function mustKnow<T extends { kind: string; fact?: string }>(params: T): T & { kind: DetailKind } {
  const kind = detailKinds.find((one) => one === params.kind)
  if (!kind || (params.fact !== undefined && !uuid.test(params.fact))) throw notFound()
  return { ...params, kind }
}

const between = (from: unknown, to: unknown) =>
  [
    typeof from === 'string' && `from ${formatShortDate(from)}`,
    typeof to === 'string' && `until ${formatShortDate(to)}`,
  ]
    .filter(Boolean)
    .join(' ')

/** A fact in words: what it is, and more of it. */
const inWords: Record<
  DetailKind,
  (row: Record<string, unknown>) => { text: string; sub?: string | undefined }
> = {
  name: ({ full_name: full }) => ({ text: String(full) }),
  address: ({ address_lines: lines, postcode, protected: hidden }) => ({
    text: [lines, postcode].filter(Boolean).join(', ') || 'Not recorded',
    sub: hidden ? 'Hidden: tell nobody' : undefined,
  }),
  contact: ({ value, note, protected: hidden }) => ({
    text: String(value),
    sub: [hidden && 'Hidden: tell nobody', note].filter(Boolean).join('. ') || undefined,
  }),
  number: ({ value, source_authority: authority }) => ({
    text: String(value),
    sub: typeof authority === 'string' ? `given by ${labelOf('local_authority', authority)}` : undefined,
  }),
}

const headings: Record<DetailKind, { heading: string; empty: string; add: string }> = {
  name: { heading: 'Names', empty: 'No name is on record yet', add: 'Add a name' },
  address: {
    heading: 'Addresses',
    empty: 'No address is on record, or none is open to you',
    add: 'Add an address',
  },
  contact: {
    heading: 'Telephone and e-mail',
    empty: 'No telephone number or e-mail address is on record',
    add: 'Add a number or address',
  },
  number: { heading: 'Numbers', empty: 'No number is on record', add: 'Add a number' },
}

async function everyDetail(person: string, { trx, opened, identity, open }: OpenPart) {
  const { people } = opened
  const lists = []
  for (const kind of detailKinds) {
    const { table, groups } = details[kind]
    if (!open(...groups)) continue
    const rows = await factsOf<Record<string, unknown>>(trx, table, people, [
      ...(kind === 'number' ? ['kind'] : ['from_day']),
      'id',
    ])
    lists.push({
      kind,
      ...headings[kind],
      addHref: paths.detailNew({ person, kind }),
      rows: rows.map((row) => ({
        ...inWords[kind](row),
        kind: kindWords[String(row.kind)] ?? String(row.kind),
        when: between(row.from_day, row.to_day),
        over: row.to_day !== null,
        source: sourceCell(person, table, row),
        href: paths.detail({ person, kind, fact: row.id }),
      })),
    })
  }
  const out = await store.takenOut(trx, people)
  const said = await store.aboutOf(trx, identity.id, people)
  return {
    lists,
    about: said && {
      sex: said.sex && labelOf('sex', said.sex),
      born: said.born && `${said.bornEstimated ? 'about ' : ''}${formatShortDate(said.born)}`,
      expected: said.expected && formatShortDate(said.expected),
      died: said.died && formatShortDate(said.died),
      pronouns: said.pronouns,
    },
    out: out.map((one) => ({
      ...one,
      what: headings[detailKinds.find((kind) => details[kind].table === one.table) ?? 'name'].heading,
      href: paths.fact({ person, table: one.table, fact: one.fact }),
    })),
  }
}

/** The form of one detail: a new one, or one that stands, with what else can be done about it. */
async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: DetailKind,
  form?: FormView,
  outForm?: FormView,
) {
  const { person, fact } = request.params as { person: string; fact?: string }
  const { one, groups, table, typed } = details[kind]
  if ((form?.summary.length ?? 0) + (outForm?.summary.length ?? 0) > 0) reply.code(422)
  return showPart(
    request,
    reply,
    {
      person,
      purpose: 'correcting names, addresses or numbers',
      groups: [...groups],
      heading: fact ? `Correct ${one}` : `Add ${one}`,
      template: 'people/views/detail.njk',
    },
    async ({ trx, opened }) => {
      const row = fact ? await store.detailOf(trx, table, opened.people, fact) : undefined
      if (fact && !row) throw notFound()
      return {
        kind,
        form: form ?? blankForm(row ? typed(row) : startOf[kind]),
        outForm: outForm ?? blankForm(),
        action: fact ? paths.detail({ person, kind, fact }) : paths.detailNew({ person, kind }),
        outHref: fact && paths.detailOut({ person, kind, fact }),
        fromImport: row?.import_place,
        backHref: paths.details({ person }),
        homes:
          kind === 'address' && !fact
            ? (await store.openHomes(trx, opened.people)).map(({ id, lines, postcode }) => ({
                id,
                text: [lines, postcode].filter(Boolean).join(', '),
              }))
            : [],
        kinds: kindOptions[kind],
        authorities: codeSet('local_authority').codes.map(({ code, label }) => ({
          value: code,
          text: label,
        })),
      }
    },
  )
}

async function showAbout(request: FastifyRequest, reply: FastifyReply, form?: FormView) {
  const { person } = paths.about.read(request)
  if (form?.summary.length) reply.code(422)
  return showPart(
    request,
    reply,
    {
      person,
      purpose: 'correcting who somebody is',
      groups: ['F01', 'F02'],
      heading: 'Birth, sex and pronouns',
      template: 'people/views/about.njk',
    },
    async ({ trx, opened, identity }) => {
      const said = await store.aboutOf(trx, identity.id, opened.people)
      const day = (value: string | null | undefined) => value?.split('-').reverse().join('/') ?? ''
      return {
        form:
          form ??
          blankForm({
            sex: said?.sex ?? 'U',
            born: day(said?.born),
            bornEstimated: said?.bornEstimated ? 'yes' : undefined,
            expected: day(said?.expected),
            died: day(said?.died),
            pronouns: said?.pronouns ?? '',
          }),
        action: paths.about({ person: identity.id }),
        backHref: paths.details({ person }),
      }
    },
  )
}
