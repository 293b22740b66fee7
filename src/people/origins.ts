import { optionalChoice, optionalText, tick } from '../web/form.ts'

/** Who a fact comes from (the domain `foundation.origin`), so that it can be kept from somebody else later. */
export const originWords = {
  child: 'The child',
  parent: 'A parent',
  relative: 'Somebody in the family',
  public: 'Somebody outside the family',
  police: 'The police',
  health: 'Health',
  school: 'School or nursery',
  court: 'The court',
  authority: 'Another authority',
  professional: 'Another professional',
  document: 'A document',
  worker: 'What a worker saw',
} as const satisfies Record<string, string>
export type OriginCode = keyof typeof originWords

export const originOptions = Object.entries(originWords).map(([value, text]) => ({ value, text }))

export const originCodes = Object.keys(originWords) as [OriginCode, ...OriginCode[]]

/** The three fields that say who told a fact; the macro `originFields` of people/views/fact-fields.njk shows them. */
export const originFields = {
  origin: optionalChoice(originCodes),
  origin_words: optionalText(300),
  ask_first: tick(),
}

interface Told {
  readonly origin?: string | undefined
  readonly origin_words?: string | undefined
  readonly ask_first: boolean
}

/** As the record keeps them. What the police told is never passed on without asking them (governance N10). */
export const originRow = ({ origin, origin_words, ask_first }: Told) => ({
  origin: origin ?? null,
  origin_words: origin_words ?? null,
  ask_first: ask_first || origin === 'police',
})

/** The same fields of a row as a form starts with them. */
export const originValues = (row: Row) => ({
  ...textValues(row, 'origin', 'origin_words'),
  ask_first: row.ask_first ? 'yes' : '',
})

/** 'The police (CID, Fellby); ask them before passing it on', or nothing where the record does not say. */
export function originSaid(row: Row): string {
  const who = originWords[row.origin as OriginCode]
  if (!who) return ''
  const more = row.origin_words ? ` (${row.origin_words})` : ''
  return `${who}${more}${row.ask_first ? '; ask them before passing it on' : ''}`
}

type Row = Readonly<Record<string, unknown>>

/** Columns of a row as text for a form; empty where there is nothing. */
export const textValues = (row: Row, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, row[name] == null ? '' : String(row[name])]))
