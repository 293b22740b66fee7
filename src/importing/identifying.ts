import { randomUUID } from 'node:crypto'
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
 * pupil number that one child alone has. Nobody is taken for somebody else on names or birth dates.
 */
export class IdentityLedger {
  /** Numbers met in this file. */
  #seen = new Set<string>()
  #taken = new Set<string>()

  constructor(private readonly standing: Standing) {}

  /** @param tell called for people who cannot be entered at all */
  async identify(
    trx: Transaction,
    people: readonly StatedPerson[],
    tell: (person: StatedPerson, reason: string) => void,
  ): Promise<Identified[]> {
    const called = people.filter((person) => this.#mayBeNamed(person, tell))
    const holders = await store.holders(
      trx,
      called.map(({ localId }) => localId!),
      called.flatMap(upnsOf).map(({ value }) => value),
    )
    const claimed = new Map<string, string>()
    return called.flatMap((person) => {
      const who = this.#who(person, holders)
      if ('reason' in who) {
        tell(person, who.reason)
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

  #who(
    person: StatedPerson,
    holders: readonly Holder[],
  ): { id: string; isNew: boolean } | { reason: string } {
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
    return this.#take(this.#byPupilNumber(person, holders, born))
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

/** Births agree when they are the same or one is not known. */
const agree = (there: string | null, here: unknown) =>
  there === null || here === undefined || here === null || there === here

const upnsOf = ({ facts }: StatedPerson) =>
  facts.flatMap((fact) =>
    fact.table === 'person_identifier' && fact.values.kind === 'upn'
      ? [{ fact, value: String(fact.values.value) }]
      : [],
  )
