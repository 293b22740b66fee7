/**
 * What an invented child is made by: numbers that look like chance and are the same for the same seed, so that a
 * file can be made again.
 */
export class Chance {
  #state: number

  /** @param turn which of many: each child of a return has a chance of its own, whoever stands before it */
  constructor(seed: number, turn: number) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(turn + 1, 0x85ebca6b)) >>> 0
    this.#next()
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1))
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.#next() * 100 < share
  }

  one<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!
  }

  /** One of several, the number behind each saying how often. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.#next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return choices[choices.length - 1]![0]
  }

  /** Several different ones, in the order of the list. */
  some<T>(list: readonly T[], howMany: number): T[] {
    const left = [...list]
    while (left.length > howMany) left.splice(this.int(0, left.length - 1), 1)
    return left
  }

  /** Mulberry32: from 0 up to 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
