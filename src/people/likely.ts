import type { Day } from '../web/words.ts'
import type { Question } from './model.ts'
import { formsOf, isLight, type NameForm } from './names/names.ts'
import { type NearDay, nearDays } from './near-days.ts'

/** What a question may mean, as `record.people_alike` takes it. */
export interface Likely {
  readonly typed: readonly string[]
  /** How much of the name each typed word makes up; together 1. */
  readonly shares: readonly number[]
  readonly forms: readonly { at: number; word: string; weight: number; how: NameForm['how'] }[]
  /** The place, from 1, of the word that may still be being typed. */
  readonly beginning: number | null
  readonly days: readonly (NearDay & { weight: number })[]
  readonly numbers: readonly string[]
  /** A street as typed. */
  readonly place: string | null
}

/** How surely a form is the name that was said. */
const sureOfForm: Record<NameForm['how'], number> = {
  name: 1,
  spelling: 0.93,
  ending: 0.95,
  joined: 0.95,
  short: 0.88,
}
/** How surely a day is the one that was said. */
const sureOfDay: Record<NearDay['how'], number> = {
  'as-said': 1,
  swapped: 0.8,
  digit: 0.7,
  turned: 0.75,
  beside: 0.75,
}
/** More words than anybody has names: what comes after is not looked at. */
const mostWords = 6
/** What stands before a name and is often written with it. */
const before = /^(?:abdul|abdal|abdel|abdur|al|el|mac|mc|de|van|da|di|bin|ap)(?=\p{L}{3})/u

/**
 * What may be meant by what was typed.
 * @param last the latest day on which anybody can be expected
 */
export function likelyOf({ words, day, numbers, street }: Question, last: Day): Likely {
  const typed = words.slice(0, mostWords)
  const light = typed.map((word) => (isLight(word) && !typed.every(isLight) ? 0.35 : 1))
  const whole = light.reduce((sum, share) => sum + share, 0)
  const forms = typed.flatMap((word, place) => {
    const joined = [
      place > 0 ? typed[place - 1]! + word : '',
      place + 1 < typed.length ? word + typed[place + 1]! : '',
      before.test(word) ? word.replace(before, '') : '',
    ]
    const all = [
      ...formsOf(word),
      ...joined.filter(Boolean).map((as): NameForm => ({ word: as, how: 'joined' })),
    ]
    return all.map(({ word: as, how }) => ({ at: place + 1, word: as, weight: sureOfForm[how], how }))
  })
  return {
    typed,
    shares: light.map((share) => share / whole),
    forms,
    beginning: typed.length && typed.at(-1)!.length > 1 ? typed.length : null,
    days: day ? nearDays(day, last).map((near) => ({ ...near, weight: sureOfDay[near.how] })) : [],
    numbers,
    place: street ?? null,
  }
}
