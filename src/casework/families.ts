import { rowOf } from '../people/matching.ts'
import type { CaseloadChild } from './caseload-store.ts'

/** Children as rows; before the first of several of one family, what they are as a family. */
export function familiesOf(cards: readonly CaseloadChild[]) {
  const sizes = new Map<string, CaseloadChild[]>()
  for (const card of cards) sizes.set(card.family, [...(sizes.get(card.family) ?? []), card])
  return cards.map((card) => {
    const family = sizes.get(card.family)!
    return {
      ...rowOf(card),
      within: family.length > 1,
      head: family.length > 1 && family[0] === card ? familyWords(family) : undefined,
    }
  })
}

function familyWords(family: readonly CaseloadChild[]): string {
  const surnames = [...new Set(family.flatMap(({ name }) => name?.split(' ').at(-1) ?? []))]
  return `${surnames.toSorted().join(' and ') || 'One family'}, ${family.length} children`
}
