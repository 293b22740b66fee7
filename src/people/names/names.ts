import lightWords from './light-words.json' with { type: 'json' }
import groups from './names.json' with { type: 'json' }

/** Another word that the same person may be written down by. */
export interface NameForm {
  readonly word: string
  /** name: as typed; spelling: the same name written otherwise; short: a short or long form of it; ending: as a man, a
   * woman or a family bears it; joined: two words as one. */
  readonly how: 'name' | 'spelling' | 'short' | 'ending' | 'joined'
}

interface Group {
  readonly names: string
  readonly short?: string
}

/** Letters that do not come apart into a letter and a sign: as an English keyboard writes them. */
const whole: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
}

/** Each word with what else it may be. Short forms of one name are forms of each other too: Lizzie may be Beth here. */
const known = tableOf(groups)

function tableOf(table: readonly Group[]): ReadonlyMap<string, readonly NameForm[]> {
  const forms = new Map<string, Map<string, NameForm['how']>>()
  const note = (from: string, to: string, how: NameForm['how']) => {
    const others = forms.get(from) ?? new Map<string, NameForm['how']>()
    if (from !== to && others.get(to) !== 'spelling') others.set(to, how)
    forms.set(from, others)
  }
  for (const { names, short = '' } of table) {
    const full = names.split(' ').map(plainWord)
    const shorter = short.split(' ').filter(Boolean).map(plainWord)
    for (const one of full) {
      for (const other of full) note(one, other, 'spelling')
      for (const other of shorter) note(one, other, 'short')
    }
    for (const one of shorter) for (const other of [...full, ...shorter]) note(one, other, 'short')
  }
  return new Map(
    [...forms].map(([word, others]) => [word, [...others].map(([other, how]) => ({ word: other, how }))]),
  )
}

const light: ReadonlySet<string> = new Set(lightWords)

/** Small words and titles that many share and many leave out: they tell less than a name does. */
export const isLight = (word: string): boolean => light.has(word)

/**
 * Surnames that end otherwise for a woman, a man or a family: Polish and Czech -ski and -ska, -cki and -cka, -dzki and
 * -dzka; Slavic -ov and -ova, -ev and -eva, -in and -ina; Slovak and Roma -y and -a, -ová; Lithuanian -as, -iene, -aite.
 */
const endings: readonly (readonly string[])[] = [
  ['ski', 'ska', 'sky', 'skiy', 'skyi', 'skaya'],
  ['cki', 'cka', 'tski', 'tska'],
  ['dzki', 'dzka'],
  ['ov', 'ova', 'off', 'ow', 'owa'],
  ['ev', 'eva', 'iev', 'ieva'],
  ['ian', 'yan'],
  ['auskas', 'auskiene', 'auskaite'],
  ['as', 'iene', 'aite'],
  ['is', 'yte', 'iene'],
]

function otherEndings(word: string): string[] {
  const found = endings.flatMap((set) => {
    const mine = set.filter((ending) => word.endsWith(ending) && word.length >= ending.length + 3)
    if (mine.length === 0) return []
    const longest = mine.reduce((one, other) => (other.length > one.length ? other : one))
    const stem = word.slice(0, -longest.length)
    return set.map((ending) => stem + ending)
  })
  // Horváth and Horváthová: the ending is added to the whole name.
  if (word.endsWith('ova') && word.length > 6) found.push(word.slice(0, -3))
  else if (word.length > 4) found.push(`${word}ova`)
  return found.filter((other) => other !== word)
}

/** What a word of a name may also be written as, itself first. Small letters without accents, as `plainWord` makes them. */
export function formsOf(word: string): NameForm[] {
  const forms = new Map<string, NameForm>([[word, { word, how: 'name' }]])
  const add = (form: NameForm) => {
    if (!forms.has(form.word)) forms.set(form.word, form)
  }
  for (const form of known.get(word) ?? []) add(form)
  for (const other of otherEndings(word)) add({ word: other, how: 'ending' })
  return [...forms.values()]
}

/** A word or name in small letters, accents and signs within it taken off, as `foundation.name_words` does. */
export function plainWord(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’.]/g, '')
    .replace(/[łđøıßæœþð]/g, (letter) => whole[letter]!)
}
