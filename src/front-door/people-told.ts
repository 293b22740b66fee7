import type { FastifyRequest } from 'fastify'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import type { Refused } from '../access/refusal.ts'
import { clientWords } from '../access/sessions.ts'
import { type Identity, identityGroups, identityOf } from '../people/identity-store.ts'
import { type LikelyPerson, lookFor } from '../people/matching.ts'
import { badgesOf, calledOf, nameWords, type Question } from '../people/model.ts'
import { openFamily, relativesNamed, tiesOf } from '../people/relatives.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf, formatShortDate, yearsOld } from '../web/words.ts'
import { isAbout, nameParts, type PersonAs, type Spoken } from './contact.ts'
import { type Worry, worriesOf, worryWords } from './worries.ts'

const mostAlike = 5
/** What a screener reads of somebody whom a contact may be about: who they are, plans, warnings, earlier worries. */
export const screeningGroups = [...identityGroups, 'F07'] as const

/** Somebody of the record as the front door sees them. */
export interface Known {
  readonly id: string
  readonly name: string
  readonly born: Day | null
  readonly expected: Day | null
  readonly reference: string
  readonly badges: readonly string[]
  readonly hazards: readonly string[]
  readonly worker: string | null
  readonly team: string | null
  readonly openCase: boolean
  readonly worries: readonly { text: string; open: boolean; day: Day }[]
}

/** Somebody at home with a person who was found: offered to be ticked. */
export interface AtHome {
  readonly id: string
  readonly name: string
  readonly as: PersonAs
  readonly age: string
}

/** A row of the form with who it may be. */
export interface Told {
  readonly place: number
  readonly row: Spoken | undefined
  readonly alike: readonly LikelyPerson[]
  readonly more: boolean
  readonly restricted: boolean
  /** Whom the row says it is. */
  readonly chosen: Known | undefined
  /** The likeliest of those alike, with what is known of them. */
  readonly proposed: Known | undefined
  readonly refused: Refused | undefined
}

export interface PeopleTold {
  readonly rows: readonly Told[]
  readonly also: readonly { readonly known: Known; readonly as: PersonAs }[]
  readonly home: readonly AtHome[]
}

const isId = (is: string | undefined): is is string => is !== undefined && is !== 'new'

/** What a row asks the record. */
export function questionAbout({ name, born }: Pick<Spoken, 'name' | 'born'>): Question {
  const words = nameParts(name) ? [...new Set(nameWords(name!))] : []
  return {
    text: [name, born && formatShortDate(born)].filter(Boolean).join(', '),
    day: born,
    words,
    numbers: [],
  }
}

/**
 * Everybody whom a contact speaks of: who each may be, and of those who are found what the front door needs to know
 * before it decides. What is opened and who is shown stands on the trail.
 */
export async function lookAtPeople(
  request: FastifyRequest,
  told: { person: readonly (Spoken | undefined)[]; also: Readonly<Record<string, PersonAs | undefined>> },
  purpose: string,
): Promise<PeopleTold> {
  const found: { alike: readonly LikelyPerson[]; more: boolean; restricted: boolean }[] = []
  for (const row of told.person) {
    const nobody = { alike: [], more: false, restricted: false }
    if (!row || isId(row.is) || questionAbout(row).words.length === 0) {
      found.push(nobody)
      continue
    }
    const { people, more, restricted } = await lookFor(request, [questionAbout(row)], {
      most: mostAlike,
      purpose,
    })
    found.push({ alike: people, more, restricted })
  }
  const also = Object.entries(told.also).flatMap(([id, as]) => (as ? [{ id, as }] : []))
  const chosen = told.person.flatMap((row) => (isId(row?.is) ? [row.is] : []))
  const proposed = found.flatMap(({ alike }, n) => (told.person[n]?.is === 'new' ? [] : (alike[0]?.id ?? [])))
  const { known, refused } = await knowAll(
    request,
    [...chosen, ...also.map(({ id }) => id), ...proposed],
    purpose,
  )
  const rows = told.person.map(
    (row, place): Told => ({
      place,
      row,
      ...found[place]!,
      chosen: isId(row?.is) ? known.get(row.is) : undefined,
      proposed: row?.is === undefined ? known.get(found[place]!.alike[0]?.id ?? '') : undefined,
      refused: isId(row?.is) ? refused.get(row.is) : undefined,
    }),
  )
  const here = new Set([...chosen, ...also.map(({ id }) => id)])
  return {
    rows,
    also: also.flatMap(({ id, as }) => (known.has(id) ? [{ known: known.get(id)!, as }] : [])),
    home: await homeOf(
      request,
      [...here].filter((id) => known.has(id)),
      here,
    ),
  }
}

/** People of the record with their earlier worries; those whose record does not open are not there. */
export async function knowAll(
  request: FastifyRequest,
  ids: readonly string[],
  purpose: string,
): Promise<{ known: Map<string, Known>; refused: Map<string, Refused>; opened: Map<string, Opened> }> {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const wanted = [...new Set(ids)]
  const known = new Map<string, Known>()
  const refused = new Map<string, Refused>()
  const opened = new Map<string, Opened>()
  if (wanted.length === 0) return { known, refused, opened }
  const answers = await openRecords(db, session, wanted, {
    purpose,
    groups: screeningGroups,
    client: clientWords(request),
    correlation: request.id,
  })
  for (const [n, answer] of answers.entries()) {
    if (answer.allowed) opened.set(wanted[n]!, answer)
    else refused.set(wanted[n]!, answer)
  }
  const on = dayOf(now())
  await reading(db, session, async (trx) => {
    const worries = await worriesOf(trx, [...opened.keys()])
    for (const [id, { people, restriction }] of opened) {
      const identity = await identityOf(trx, people, { person: id, on, restriction })
      if (identity) known.set(id, knownOf(identity, id, on, worries.get(id) ?? []))
    }
  })
  return { known, refused, opened }
}

const knownOf = (identity: Identity, id: string, on: Day, worries: readonly Worry[]): Known => ({
  id,
  name: calledOf(identity),
  born: identity.standing.born,
  expected: identity.standing.expected,
  reference: identity.reference,
  badges: badgesOf(identity.standing, on),
  hazards: identity.hazards,
  worker: identity.worker,
  team: identity.team,
  openCase: identity.standing.inNeed || identity.standing.onPlan || identity.standing.inCare,
  worries: worries.map((one) => ({ text: worryWords(one), open: one.open, day: one.day })),
})

const parents = ['mother', 'father', 'parent', 'step-parent', 'adoptive-parent', 'guardian', 'carer']

/** Who lives with those who were found, or is their parent, brother or sister: to be ticked instead of typed. */
async function homeOf(
  request: FastifyRequest,
  ids: readonly string[],
  here: ReadonlySet<string>,
): Promise<AtHome[]> {
  if (ids.length === 0) return []
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  const today = dayOf(now())
  const sights = await openFamily(db, session, ids, { correlation: request.id })
  const { ties, named } = await reading(db, session, async (trx) => ({
    ties: await tiesOf(trx, ids),
    named: await relativesNamed(trx, [...sights.keys()]),
  }))
  const home = new Map<string, AtHome>()
  for (const { other, kind, fromOtherEnd, to } of ties) {
    const relative = sights.get(other) === 'open' ? named.get(other) : undefined
    if (here.has(other) || home.has(other) || (to && to < today) || !relative?.name || relative.died) continue
    const years = relative.born ? yearsOld(relative.born, today) : undefined
    const grown = years === undefined ? relative.expected === null : years >= 18
    const as: PersonAs = !grown
      ? relative.born
        ? 'child'
        : 'unborn'
      : parents.includes(kind) && !fromOtherEnd
        ? kind === 'father' || (kind !== 'mother' && relative.sex === 'M')
          ? 'father'
          : 'mother'
        : kind === 'partner'
          ? 'partner'
          : 'relative'
    home.set(other, { id: other, name: relative.name, as, age: years === undefined ? '' : `${years}` })
  }
  return [...home.values()].sort(
    (a, b) => Number(isAbout(b.as)) - Number(isAbout(a.as)) || a.name.localeCompare(b.name),
  )
}
