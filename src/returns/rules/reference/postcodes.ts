import { milesBetween, type Postcodes as PostcodesOfRules } from '../reference.ts'
import type { Text } from '../words.ts'

/**
 * The postcode directory in few bytes, in memory that threads share: a table of places chosen by the postcode read as
 * a number (two and a half million postcodes take some 70 MB).
 */
export interface PostcodeTable {
  /** The postcode as a number; 0 where there is none. */
  keys: Float64Array
  east: Int32Array
  north: Int32Array
  /** Place in `authorities`, from 1; 0: no known authority. */
  authority: Uint16Array
  authorities: string[]
}

/** In `east`: the postcode has no reference on the national grid. */
export const noGrid = -0x80000000

/** A postcode as a number: up to eight letters and digits in base 37. 0 for anything else. */
export function postcodeKey(text: string): number {
  let key = 0
  let letters = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    let value = 0
    if (c >= 48 && c <= 57) value = c - 47
    else if (c >= 65 && c <= 90) value = c - 54
    else if (c >= 97 && c <= 122) value = c - 86
    else if (c === 32) continue
    else return 0
    if (++letters > 8) return 0
    key = key * 37 + value
  }
  return key
}

/** Where in a table of so many places to look first. */
const slotOf = (key: number, places: number): number =>
  (Math.imul(key % 0x7fffffff, 0x9e3779b1) >>> 1) % places

/** The place of a postcode, or the free one where it would go. */
export function placeOf(keys: Float64Array, key: number): number {
  let slot = slotOf(key, keys.length)
  while (keys[slot] !== 0 && keys[slot] !== key) slot = slot + 1 === keys.length ? 0 : slot + 1
  return slot
}

export class Postcodes implements PostcodesOfRules {
  constructor(private readonly table: PostcodeTable) {}

  has(postcode: Text): boolean {
    return this.#find(postcode) !== -1
  }

  authority(postcode: Text): Text {
    const found = this.#find(postcode)
    return found === -1 ? undefined : this.table.authorities[this.table.authority[found]! - 1]
  }

  miles(one: Text, other: Text): number {
    const [from, to] = [this.#find(one), this.#find(other)]
    if (from === -1 || to === -1) return undefined as never
    const { east, north } = this.table
    if (east[from] === noGrid || east[to] === noGrid) return undefined as never
    return milesBetween({ east: east[from]!, north: north[from]! }, { east: east[to]!, north: north[to]! })
  }

  #find(postcode: Text): number {
    const key = postcode === undefined ? 0 : postcodeKey(postcode)
    if (key === 0) return -1
    const place = placeOf(this.table.keys, key)
    return this.table.keys[place] === 0 ? -1 : place
  }
}
