import type { Day } from '../web/words.ts'
import type { Answers, Offer } from './answering.ts'
import type { Question } from './definition.ts'

/** An earlier form about a child, filed or signed. */
export interface EarlierForm {
  readonly id: string
  readonly definition: string
  readonly title: string
  readonly completedOn: Day
  readonly answers: Answers
}

/** Something the record says of a child, in words, as on a day. */
export interface KnownFact {
  readonly words: string
  readonly title: string
  readonly day: Day
}

/**
 * What is known already for a question: the first of its sources that has an answer, the latest of an earlier form. It is
 * shown with where it comes from and when, and confirmed: never keyed again, and never taken over unseen. Pure.
 */
export function offerFor(
  question: Question,
  earlier: readonly EarlierForm[],
  facts: ReadonlyMap<string, KnownFact>,
): Offer | undefined {
  for (const source of question.from ?? []) {
    if ('fact' in source) {
      const fact = facts.get(source.fact)
      if (fact) return { value: fact.words, source: { fact: source.fact, title: fact.title, day: fact.day } }
      continue
    }
    const found = earlier
      .filter(({ definition, answers }) => definition === source.form && answers.has(source.question))
      .toSorted((one, other) => (one.completedOn < other.completedOn ? 1 : -1))[0]
    if (found) {
      const { value } = found.answers.get(source.question)!
      return { value, source: { form: found.id, title: found.title, day: found.completedOn } }
    }
  }
  return undefined
}
