/** Chance that comes out the same each time: the same seed gives the same authority. */
export class Chance {
  #state: number

  /** @param turn which of many: each family has a chance of its own, whoever stands before it */
  constructor(seed: number, turn = 0) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(turn + 1, 0x85ebca6b)) >>> 0
    this.next()
  }

  /** From 0 up to and without 1 (Mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** Mostly short, seldom long: from `least` to `most`, most of them in the first third. */
  short(least: number, most: number): number {
    return least + Math.floor(this.next() ** 2.2 * (most - least + 1))
  }

  one<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!
  }

  /** True so often: 0.2 is one in five. */
  happens(often: number): boolean {
    return this.next() < often
  }

  /** One of several, the number behind each saying how often. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return choices.at(-1)![0]
  }
}
