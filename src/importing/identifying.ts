import { randomUUID } from 'node:crypto'
import { alikePeople, type Decided, decisions, tellApart } from './likeness.ts'
import type { Fact, Source, Standing, StatedPerson } from './model.ts'
import type { Holder, Transaction } from './store.ts'
import * as store from './store.ts'

/** The identifier by which each source calls a person, as the record names it. */
const ownKind: Record<Source, string> = {
  'cin-census': 'la-child-id',
  ssda903: 'ssda903-child-id',
  people: 'legacy-id',
}

/** Somebody whom a fact names by number. */
export interface Other {
  id: string
  name: string | null
}

export interface Identified {
  person: StatedPerson
  id: string
  isNew: boolean
  /** Identifiers that belong to somebody else already, and why they were not taken over. */
  refusedIdentifiers: { fact: Fact; reason: string }[]
}

/**
 * Says who each person of a file is. The authority's own number decides: LAchildID of the census, CHILD of the
 * looked-after return and the number of a file of people are the same number when they are equal. Without it, a unique
 * pupil number that one child alone has. Whoever is like somebody by name, birth date or another number waits until a
 * person has decided, once for each number of the source; nobody is taken for somebody else on likeness alone.
 */
export class IdentityLedger {
  /** Numbers met in this file. */
  #seen = new Set<string>()
  #taken = new Set<string>()
  /** Those who wait for a decision, and whom they may be: what a file says of them further down waits too. */
  #waiting = new Map<string, readonly string[]>()
  /** New people of whom it was decided that they are none of those they are like. */
  #apart: { person: string; candidates: readonly string[] }[] = []

  constructor(private readonly standing: Standing) {}

  /** @param tell called for people who cannot be entered at all */
  async identify(
    trx: Transaction,
    people: readonly StatedPerson[],
    tell: (person: StatedPerson, reason: string, candidates?: readonly string[]) => void,
  ): Promise<Identified[]> {
    const called = people.filter((person) => this.#mayBeNamed(person, tell))
    const holders = await store.holders(
      trx,
      called.map(({ localId }) => localId!),
      called.flatMap(upnsOf).map(({ value }) => value),
    )
    const claimed = new Map<string, string>()
    const likely = await this.#likely(trx, called, holders)
    return called.flatMap((person) => {
      const who = this.#who(person, holders, likely.get(person.localId!))
      if ('reason' in who) {
        tell(person, who.reason, who.candidates)
        return []
      }
      return [
        { person, ...who, refusedIdentifiers: this.#strangeIdentifiers(person, who.id, holders, claimed) },
      ]
    })
  }

  /** Who the numbers are that facts name: null when a number is more than one person's. */
  async others(trx: Transaction, people: readonly StatedPerson[]): Promise<Map<string, Other | null>> {
    const asked = people.flatMap(({ facts }) => facts.flatMap(({ others }) => Object.values(others)))
    const found = new Map<string, Other | null>()
    if (asked.length === 0) return found
    const holders = (await store.holders(trx, asked, [])).filter(({ local }) => local)
    const names = await store.namesOf(
      trx,
      holders.map(({ person }) => person),
    )
    for (const { value, person } of holders) {
      const before = found.get(value)
      const same = before === undefined || before?.id === person
      found.set(value, same ? { id: person, name: names.get(person) ?? null } : null)
    }
    return found
  }

  #mayBeNamed(person: StatedPerson, tell: (person: StatedPerson, reason: string) => void): boolean {
    const { localId } = person
    if (localId === null) {
      tell(person, 'There is no number by which to know who this is')
      return false
    }
    if (this.#seen.has(localId) && !this.standing.addsOnly) {
      tell(person, `The number ‘${localId}’ stands for a child further up in this file already`)
      return false
    }
    this.#seen.add(localId)
    return true
  }

  /** Of those whom no number makes known: what was decided, or whom they may be. */
  async #likely(
    trx: Transaction,
    people: readonly StatedPerson[],
    holders: readonly Holder[],
  ): Promise<Map<string, Likely>> {
    const known = new Set(holders.flatMap(({ local, value }) => (local ? [value] : [])))
    const unknown = people.filter(({ localId }) => !known.has(localId!))
    const likely = new Map<string, Likely>()
    if (unknown.length === 0) return likely
    const decided = await decisions(
      trx,
      this.standing.source,
      unknown.map(({ localId }) => localId!),
    )
    const alike = await alikePeople(trx, ownKind[this.standing.source], unknown)
    for (const [place, { localId }] of unknown.entries()) {
      const candidates = (alike.get(place) ?? []).filter((one) => !this.#taken.has(one))
      likely.set(localId!, {
        decided: decided.get(localId!),
        candidates: candidates.length > 0 ? candidates : (this.#waiting.get(localId!) ?? []),
      })
    }
    return likely
  }

  #who(person: StatedPerson, holders: readonly Holder[], likely: Likely | undefined): Who {
    const { localId } = person
    const byNumber = holders.filter(({ local, value }) => local && value === localId)
    const found = new Set(byNumber.map((holder) => holder.person))
    if (found.size > 1)
      return { reason: `The number ‘${localId}’ belongs to ${found.size} people in the record` }
    const born = person.facts.find(({ table }) => table === 'person')?.values.date_of_birth
    const own = byNumber[0]
    if (own !== undefined) {
      const sameKind = byNumber.some(({ kind }) => kind === ownKind[this.standing.source])
      if (sameKind || agree(own.born, born)) return this.#take(own.person)
      return {
        reason: `The number ‘${localId}’ is another source’s for somebody with another birth date: one number, two people`,
      }
    }
    return this.#byLikeness(person, this.#byPupilNumber(person, holders, born), likely)
  }

  /** @param byNumber who has their unique pupil number: it goes before any likeness */
  #byLikeness(person: StatedPerson, byNumber: string | undefined, likely: Likely | undefined): Who {
    if (byNumber !== undefined || !likely) return this.#take(byNumber)
    const { decided, candidates } = likely
    if (decided?.person) return this.#take(decided.person)
    // Somebody else may be like them since it was decided.
    const unseen = candidates.filter((one) => !decided?.candidates.includes(one))
    if (unseen.length > 0) {
      this.#waiting.set(person.localId!, candidates)
      return { reason: alikeWords(candidates.length), candidates }
    }
    const taken = this.#take(undefined)
    if (decided) this.#apart.push({ person: taken.id, candidates: decided.candidates })
    return taken
  }

  /** Notes, when all are in the record, who was decided to be somebody else. */
  async tellApart(trx: Transaction): Promise<void> {
    await tellApart(trx, this.#apart)
    this.#apart = []
  }

  #byPupilNumber(
    person: StatedPerson,
    holders: readonly Holder[],
    born: Fact['values'][string] | undefined,
  ): string | undefined {
    const numbers = new Set(upnsOf(person).map(({ value }) => value))
    const candidates = holders.filter(({ kind, value }) => kind === 'upn' && numbers.has(value))
    const [one] = candidates
    if (one === undefined || new Set(candidates.map((holder) => holder.person)).size > 1) return undefined
    const isFree = !one.kinds.includes(ownKind[this.standing.source]) && !this.#taken.has(one.person)
    return isFree && !one.sealed && one.born !== null && one.born === born ? one.person : undefined
  }

  #take(id: string | undefined): { id: string; isNew: boolean } {
    const taken = id ?? randomUUID()
    this.#taken.add(taken)
    return { id: taken, isNew: id === undefined }
  }

  /** Pupil numbers that are another child's. A sealed record stays unmentioned. */
  #strangeIdentifiers(
    person: StatedPerson,
    id: string,
    holders: readonly Holder[],
    claimed: Map<string, string>,
  ): { fact: Fact; reason: string }[] {
    return upnsOf(person).flatMap(({ fact, value }) => {
      const other = holders.find(
        (one) => one.kind === 'upn' && one.value === value && one.person !== id && !one.sealed,
      )
      const before = claimed.get(value)
      claimed.set(value, before ?? id)
      if (other === undefined && (before === undefined || before === id)) return []
      return [{ fact, reason: `UPN: ‘${value}’ is another child’s number already: one number, two children` }]
    })
  }
}

type Who = { id: string; isNew: boolean } | { reason: string; candidates?: readonly string[] }

interface Likely {
  readonly decided: Decided | undefined
  readonly candidates: readonly string[]
}

const alikeWords = (count: number) =>
  `May be ${count === 1 ? 'somebody' : `one of ${count} people`} whom the record knows already: somebody decides whether it is the same person`

/** Births agree when they are the same or one is not known. */
const agree = (there: string | null, here: unknown) =>
  there === null || here === undefined || here === null || there === here

const upnsOf = ({ facts }: StatedPerson) =>
  facts.flatMap((fact) =>
    fact.table === 'person_identifier' && fact.values.kind === 'upn'
      ? [{ fact, value: String(fact.values.value) }]
      : [],
  )
