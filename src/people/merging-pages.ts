import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { noteShown, openList } from '../access/opening.ts'
import { enough } from '../access/page-parts.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf, type WhyNot } from '../access/refusal.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, choice, type FormView, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { dayOf, formatMoment, parseDate } from '../web/words.ts'
import { aboutOf } from './details-store.ts'
import { columnName, tableName, valueWords } from './fact-words.ts'
import { factsOf } from './facts-store.ts'
import { involvementsOf } from './family-store.ts'
import { identityGroups, identityOf } from './identity-store.ts'
import { cardsOf } from './index-store.ts'
import { adders, lookFor, rowOf } from './matching.ts'
import { differences, doubts, type Side, saidBy, whyNotWords } from './merging.ts'
import * as store from './merging-store.ts'
import { badgesOf, calledOf, questionOf } from './model.ts'
import { paths } from './paths.ts'
import { kindWords } from './words.ts'

const signedIn = { config: { access: 'signed-in' } } as const
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const groups = [...identityGroups, 'F03', 'F04', 'F06', 'F07']
/** Pairs on one page: more than anybody looks through at a time. */
const mostPairs = 50

const chosen = z
  .record(
    z.string(),
    z.preprocess((value) => [value].flat()[0], z.string()),
  )
  .default({})
const deciding = z.object({
  step: choice(['propose', 'merge', 'apart'], 'Choose what to do'),
  leads: z.string().regex(uuid).optional(),
  take: chosen,
  reason: enough('Say how you know'),
})
const parting = z.object({ choice: chosen, reason: enough('Say how you know that these are two people') })

/** Two records of one person: found, compared, joined, and parted again. */
export const mergingPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps

  app.get(paths.duplicates.pattern, { config: { access: adders } }, (request, reply) =>
    showDuplicates(request, reply),
  )

  app.get(paths.samePerson.pattern, signedIn, async (request, reply) => {
    const { person } = paths.samePerson.read(request)
    const { q } = request.query as { q?: string }
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'looking for another record of this person',
      groups: ['F01'],
      level: 'index',
    })
    if (!opened) return reply
    const today = dayOf(new Date())
    const typed = q?.slice(0, 200).trim()
    const found = typed
      ? await lookFor(request, [questionOf(typed, (text) => parseDate(text, today))], {
          most: 20,
          purpose: 'looking for another record of the same person',
        })
      : undefined
    const identity = await reading(db, sessionOf(request), (trx) =>
      identityOf(trx, opened.people, { person, on: today, restriction: opened.restriction }),
    )
    return reply.page('people/views/same-person.njk', {
      title: 'Another record of the same person',
      person,
      typed: typed ?? identity?.name ?? '',
      called: identity ? calledOf(identity) : '',
      found: found && {
        ...found,
        people: found.people
          .filter(({ id }) => !opened.people.includes(id))
          .map((one) => ({ ...one, compareHref: paths.compare({ person, other: one.id }) })),
      },
    })
  })

  app.get(paths.compare.pattern, signedIn, (request, reply) => showBoth(request, reply))

  app.post(paths.compare.pattern, signedIn, async (request, reply) => {
    const { person, other } = mustBeIds(paths.compare.read(request))
    const session = sessionOf(request)
    const form = parseForm(deciding, request.body)
    if (!form.ok) return showBoth(request, reply, form)
    const { step, leads, take, reason } = form.value
    let work: (trx: Parameters<typeof store.mergePeople>[0]) => Promise<store.WhyNotMerged | undefined>
    if (step === 'merge') {
      const both = await bothSides(request, reply, person, other)
      if (!both) return reply
      const differ = differences(...both.sides)
      const missing = Object.fromEntries(
        differ
          .filter(({ field }) => take[field] !== person && take[field] !== other)
          .map(({ field, says }) => [`take[${field}]`, `Choose which is right: ${says.toLowerCase()}`]),
      )
      if (leads !== person && leads !== other) missing.leads = 'Choose which record leads'
      if (Object.keys(missing).length > 0) return showBoth(request, reply, withErrors(form, missing))
      const keeps = leads === other ? other : person
      work = (trx) =>
        store.mergePeople(trx, session, {
          keeps,
          goes: keeps === person ? other : person,
          take: differ.filter(({ field }) => take[field] !== keeps).map(({ field }) => field),
          differ: differ.map(({ field }) => field),
          reason,
        })
    } else {
      work = (trx) =>
        (step === 'propose' ? store.proposeMerge : store.tellApart)(trx, session, person, other, reason)
    }
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const why = await work(trx)
        if (why) throw notDone(why, person, other)
        return step === 'merge' ? joinedPlace(person) : paths.compare({ person, other }, { done: step })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.parting.pattern, signedIn, (request, reply) => showParting(request, reply))

  app.post(paths.parting.pattern, signedIn, async (request, reply) => {
    const { person, alias } = paths.parting.read(request)
    const session = sessionOf(request)
    const form = parseForm(parting, request.body)
    if (!form.ok) return showParting(request, reply, form)
    if (!uuid.test(alias)) throw notFound()
    try {
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          const why = await store.undoMerge(trx, session, alias, form.value.choice, form.value.reason)
          if (why) throw why === 'undecided' ? new Undecided() : notDone(why, person)
          return joinedPlace(person)
        }),
      )
      return reply.redirect(next, 303)
    } catch (error) {
      if (error instanceof Undecided)
        return showParting(request, reply, withErrors(form, { '': 'Say of each entry to whom it belongs' }))
      if ((error as { code?: string }).code !== 'CA011') throw error
      const says =
        'One of the entries cannot go where you put it: that record has one like it already, such as a worker allocated for the same days. Change one of the two first.'
      return showParting(request, reply, withErrors(form, { '': says }))
    }
  })

  async function showDuplicates(request: FastifyRequest, reply: FastifyReply) {
    const session = sessionOf(request)
    const asked = { purpose: 'looking for two records of one person', correlation: request.id }
    const opened = await openList(db, session, 'search', asked)
    if (!opened.allowed) throw refusalOf(opened)
    const { proposed, likely, cards } = await reading(db, session, async (trx) => {
      const proposed = await store.proposals(trx, session)
      const likely = await store.likelyPairs(trx, session, mostPairs + 1)
      const cards = await cardsOf(
        trx,
        [...proposed, ...likely].flatMap(({ one, other }) => [one, other]),
      )
      return { proposed, likely, cards: new Map(cards.map((card) => [card.id, rowOf(card)])) }
    })
    await noteShown(db, session, 'search', [...cards.keys()], request.id)
    const pair = ({ one, other }: { one: string; other: string }) => ({
      one: cards.get(one),
      other: cards.get(other),
      href: paths.compare({ person: one, other }),
    })
    return reply.page('people/views/duplicates.njk', {
      title: 'Possibly the same person',
      proposed: proposed.map((each) => ({ ...each, ...pair(each) })),
      likely: likely
        .slice(0, mostPairs)
        .map((each) => ({ ...each, ...pair(each), why: likelyWords[each.why] })),
      more: likely.length > mostPairs,
    })
  }

  /** Both records, opened and read; undefined when the answer has been sent. */
  async function bothSides(request: FastifyRequest, reply: FastifyReply, person: string, other: string) {
    const asked = { purpose: 'comparing two records that may be of one person', groups }
    const one = await openOrRefuse(request, reply, person, asked)
    if (!one) return undefined
    const two = await openOrRefuse(request, reply, other, asked)
    if (!two) return undefined
    if (one.people.includes(other)) throw notDone('already-one', person)
    const on = dayOf(new Date())
    return reading(db, sessionOf(request), async (trx) => {
      const sides: Side[] = []
      const workers: (string | null)[] = []
      const bars = []
      for (const [id, { people, restriction, groups: open }] of [
        [person, one],
        [other, two],
      ] as const) {
        const identity = await identityOf(trx, people, { person: id, on, restriction })
        const about = identity && (await aboutOf(trx, identity.id, people))
        if (!identity || !about) throw notFound()
        sides.push(await sideOf(trx, id, people, about, open))
        workers.push(identity.worker)
        bars.push({
          called: calledOf(identity),
          reference: identity.reference,
          badges: badgesOf(identity.standing, on),
        })
      }
      const apart = await store.toldApart(trx, one.people, two.people)
      const [first, second] = sides as [Side, Side]
      return {
        sides: [first, second] as const,
        bars,
        // The database decides (access.may_not_merge); the page does not offer what it would refuse.
        fully: [one, two].every(
          ({ level, rule, groups }) =>
            level === 'full' &&
            rule !== 'break-glass' &&
            ['F03', 'F05', 'F07'].every((group) => groups.includes(group)),
        ),
        doubts: doubts(first, second, {
          apart,
          workers: workers as [string | null, string | null],
          restricted: one.restriction >= 2 !== two.restriction >= 2,
        }),
      }
    })
  }

  async function showBoth(request: FastifyRequest, reply: FastifyReply, form?: FormView) {
    const { person, other } = mustBeIds(paths.compare.read(request))
    const both = await bothSides(request, reply, person, other)
    if (!both) return reply
    const { sides, bars, fully } = both
    const { done } = request.query as { done?: string }
    const mayMerge = fully && sessionOf(request).roles.some((role) => role === 'A-TM' || role === 'A-SM')
    const data = {
      title: 'Are these one person?',
      form: form ?? blankForm({ leads: person }),
      action: paths.compare({ person, other }),
      done,
      mayMerge,
      doubts: both.doubts,
      records: sides.map((side, at) => ({
        ...bars[at],
        id: side.id,
        href: paths.record({ person: side.id }),
        facts: [...saidBy(side).map(({ says, value }) => ({ key: says, value })), ...side.more],
      })),
      differ: differences(...sides).map(({ field, says, one, other: also }) => ({
        name: `take[${field}]`,
        says,
        options: [
          { value: person, text: one },
          { value: other, text: also },
        ],
      })),
    }
    const view = 'people/views/compare.njk'
    return form?.summary.length ? reply.again(view, data) : reply.page(view, data)
  }

  async function showParting(request: FastifyRequest, reply: FastifyReply, form?: FormView) {
    const { person, alias } = paths.parting.read(request)
    if (!uuid.test(alias)) throw notFound()
    const session = sessionOf(request)
    // Everything that came in since has to be read.
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'undoing a merge',
      groups: everyGroup,
    })
    if (!opened) return reply
    const page = await reading(db, session, async (trx) => {
      const merged = (await store.mergesOf(trx, opened.people)).find((one) => one.alias === alias)
      if (!merged || merged.partedAt || !(await store.mayUndo(trx, session, alias))) throw notFound()
      const since = await store.factsSince(trx, alias)
      return { merged, since, labels: await store.labelsOf(trx, opened.people) }
    })
    const { merged, since, labels } = page
    const label = (id: string) => labels.get(id) ?? 'the other record'
    const leads = opened.people.find((id) => id === merged.keeps) ?? merged.keeps
    const asks = since.filter(({ settled, under }) => !settled && !under)
    const data = {
      title: 'Part two records again',
      form: form ?? blankForm(),
      action: paths.parting({ person, alias }),
      record: paths.record({ person }),
      merged,
      one: label(merged.goes),
      other: label(leads),
      asks: asks.map((fact) => ({
        name: `choice[${fact.table}:${fact.fact}:${fact.whose}]`,
        ...inWords(fact),
        options:
          fact.what === 'changed'
            ? [
                { value: 'stays', text: 'Stays as it is now' },
                { value: 'before', text: 'As it was before they were joined' },
              ]
            : [merged.goes, leads].map((id) => ({ value: id, text: label(id) })),
      })),
      settled: since
        .filter(({ settled, under }) => settled || under)
        .map((fact) => ({
          ...inWords(fact),
          to: fact.settled ? label(fact.settled) : 'goes with what it belongs to',
        })),
    }
    const view = 'people/views/parting.njk'
    return form?.summary.length ? reply.again(view, data) : reply.page(view, data)
  }
}

class Undecided extends Error {}

const everyGroup = Array.from({ length: 36 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`)

const likelyWords: Record<store.LikelyPair['why'], string> = {
  number: 'the same number',
  name: 'the same name and birth date',
  day: 'the same name, day and month of birth swapped',
  alike: 'names alike, the same birth date',
}

function mustBeIds<T extends { person: string; other: string }>(params: T): T {
  if (!uuid.test(params.person) || !uuid.test(params.other) || params.person === params.other)
    throw notFound()
  return params
}

function notDone(why: store.WhyNotMerged, person: string, other?: string) {
  const words = whyNotWords[why]
  if (!words) return refusalOf({ why: why as WhyNot })
  return refuse(409, words, {
    title: 'This was not done',
    next: other
      ? { text: 'Look at both again', href: paths.compare({ person, other }) }
      : { text: 'The record', href: paths.record({ person }) },
  })
}

type Reading = Parameters<typeof factsOf>[0]

/** What one of the two says, as far as it is open. */
async function sideOf(
  trx: Reading,
  id: string,
  people: readonly string[],
  about: Side['about'],
  open: readonly string[],
): Promise<Side> {
  type Row = Record<string, string | null>
  const names = await factsOf<Row>(trx, 'person_name', people, ['from_day', 'id'])
  const addresses = await factsOf<Row>(trx, 'address', people, ['from_day', 'id'])
  const contacts = await factsOf<Row>(trx, 'contact_detail', people, ['from_day', 'id'])
  const numbers = await factsOf<Row>(trx, 'person_identifier', people, ['kind', 'id'])
  const family = await factsOf<Row>(trx, 'relationship', people, ['id'])
  const workers = await involvementsOf(trx, people)
  const called = names.filter(({ field_group: group }) => group === 'F01')
  const name = called.find(({ kind }) => kind === 'preferred') ?? called[0]
  const place = ({ address_lines: lines, postcode }: Row) => [lines, postcode].filter(Boolean).join(', ')
  const home = addresses.find(({ kind, to_day: to }) => kind === 'home' && to === null)
  const listed = (key: string, values: (string | null | undefined)[]) => ({
    key,
    value: [...new Set(values.filter(Boolean))].join('; '),
  })
  const hidden = (group: string, key: string) =>
    open.includes(group) ? [] : [{ key, value: 'Not open to you' }]
  return {
    id,
    about,
    name: name?.full_name ?? null,
    home: home ? place(home) : null,
    characteristics: await store.saidOnce(trx, 'person_characteristics', id),
    more: [
      listed(
        'Other names',
        names
          .filter((one) => one !== name)
          .map(({ full_name: full, kind }) => `${full} (${(kindWords[kind!] ?? kind)?.toLowerCase()})`),
      ),
      listed('Other addresses', addresses.filter((one) => one !== home).map(place)),
      ...hidden('F03', 'Addresses'),
      listed(
        'Telephone, e-mail',
        contacts.map(({ value }) => value),
      ),
      listed(
        'Numbers',
        numbers.map(({ kind, value }) => `${value} (${kindWords[kind!] ?? kind})`),
      ),
      ...hidden('F05', 'Numbers'),
      listed(
        'Family',
        family.map(({ other_name: other }) => other),
      ),
      ...hidden('F07', 'Family'),
      listed(
        'Worked with by',
        workers.filter(({ to }) => to === null).map(({ who }) => who),
      ),
    ],
  }
}

/** Columns that only the program reads. */
const unsaid =
  /^(id|person_id|natural_key|recorded_at|recorded_by|import_run_id|import_place|field_group|during|only_one|protected)$|_id$/

/** An entry in words: what it is, what it says, when and by whom. */
function inWords({ table, what, says, before, by }: store.SinceMerge) {
  const words = (values: Readonly<Record<string, unknown>>, name: string) =>
    valueWords(table, { name, codes: null, names: null }, values[name])
  const columns = Object.keys(says).filter((name) => !unsaid.test(name))
  const facts = columns
    .filter((name) => !before || words(says, name) !== words(before, name))
    .map((name) => ({
      key: columnName(name),
      value: words(says, name) || (before ? 'Nothing' : ''),
      more: before ? `before: ${words(before, name) || 'nothing'}` : undefined,
    }))
  const at = typeof says.recorded_at === 'string' ? formatMoment(says.recorded_at) : ''
  return {
    heading: `${tableName(table)}${what === 'changed' ? ', changed' : ''}`,
    facts,
    source: [by, at].filter(Boolean).join(', '),
    notOpen: columns.length === 0,
  }
}

/** Merges of a record, for its page of names and addresses. */
export async function mergesShown(trx: Reading, session: Session, person: string, people: readonly string[]) {
  const merges = await store.mergesOf(trx, people)
  const shown = []
  for (const one of merges) {
    const undo = one.partedAt === null && (await store.mayUndo(trx, session, one.alias))
    shown.push({ ...one, undoHref: undo ? paths.parting({ person, alias: one.alias }) : undefined })
  }
  return shown
}

/** Where it is seen that records were joined or parted, and by whom. */
const joinedPlace = (person: string) => `${paths.details({ person })}#joined`
