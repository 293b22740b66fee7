import { Chance } from './chance.ts'

/** One row of a return: what is typed, by the DfE's name of the field. */
export type Fields = { [field: string]: string | undefined }

/** A finding that has to come: the rule, and the rows it marks, in no order. */
export interface Expected<Row = object> {
  rule: string
  rows: readonly Row[]
}

/** A way to be wrong. */
export interface Mistake<Child> {
  rule: string
  /**
   * Makes the mistake in a child without any, which may be altered.
   * @param before a child without mistakes that stands before this one, for what two children share
   * @returns the rows that are to be marked, or several findings; nothing when the child does not lend itself to it
   */
  make(child: Child, chance: Chance, before: Child): readonly object[] | Expected[] | undefined
}

/** Chooses which children are mistaken, and how: every kind in turn, as far as children lend themselves to it. */
export class Seeding<Child> {
  readonly #waiting: Mistake<Child>[]
  #before: Child | undefined
  #owed = 0

  /** @param share of a hundred children, so many are to have a mistake; at most every other child has one */
  constructor(
    mistakes: readonly Mistake<Child>[],
    private readonly share: number,
    private readonly seed: number,
  ) {
    this.#waiting = [...mistakes]
  }

  /**
   * Perhaps makes a mistake in the next child of the return.
   * @returns the findings that have to come of it
   */
  next(child: Child, turn: number): Expected[] {
    this.#owed += this.share / 100
    const before = this.#before
    this.#before = child
    if (this.share === 0 || this.#owed < 1 || before === undefined) return []
    for (const [i, mistake] of this.#waiting.entries()) {
      const made = mistake.make(child, new Chance(this.seed + 1, turn), before)
      if (made === undefined) continue
      this.#owed -= 1
      this.#before = undefined
      this.#waiting.push(...this.#waiting.splice(i, 1))
      return made.length > 0 && 'rule' in made[0]! && 'rows' in made[0]
        ? (made as Expected[])
        : [{ rule: mistake.rule, rows: made as readonly object[] }]
    }
    return []
  }
}
