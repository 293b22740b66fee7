import { sql, type Transaction } from 'kysely'
import { listed } from '../../web/words.ts'
import { type Paper, placesOf } from './paper.ts'
import { forms, type Rendered } from './render.ts'
import { textOf } from './text-of.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What was found that must not reach the addressee; what it says is told to nobody. */
export const leakKinds = {
  address: 'an address that is kept from others',
  street: 'a street that gives away an address kept from others',
  postcode: 'a postcode that is kept from others',
  contact: 'a telephone number or e-mail address that is kept from others',
  name: 'the name of somebody whose record is restricted',
  informant: 'who told us',
} as const
export type LeakKind = keyof typeof leakKinds

export interface Leak {
  /** 'paragraph 2', 'the address block', 'the PDF'. */
  readonly place: string
  readonly kind: LeakKind
}

/** For whom something is made. */
export interface GivenTo {
  /** The children it is about. Their family (F07) has to be open, or the list of one’s own work they are in. */
  readonly about: readonly string[]
  /** Who gets it, where they are somebody of the record: their own address is no secret from them. */
  readonly addressee: string | undefined
  /** They may not know where the children live (`mayThey(…, 'address')` does not say yes): no address of theirs may stand in it. */
  readonly homeKept: boolean
}

/**
 * What must not stand in something that is given to somebody: kept addresses, streets, postcodes, telephone numbers and
 * e-mail addresses of the children and everybody around them, names of restricted people, who told us. The database looks (record.leaks_in), so that
 * a secret is not told to the program that looks for it; other spaces, line ends, points and small letters hide nothing.
 * A first name alone, or a place described, it cannot find.
 */
export async function leaksInTexts(
  trx: Reading,
  { about, addressee, homeKept }: GivenTo,
  pieces: readonly { readonly place: string; readonly text: string }[],
): Promise<Leak[]> {
  const { rows } = await sql<{ place: number; kind: LeakKind }>`
    select * from record.leaks_in(${[...about]}::uuid[], ${addressee ?? null}, ${homeKept}, ${pieces.map(({ text }) => text)}::text[])`.execute(
    trx,
  )
  return rows.map(({ place, kind }) => ({ place: pieces[place - 1]!.place, kind }))
}

/** The same for a paper, place by place, and for the files made of it, read back word for word. */
export async function leaks(
  trx: Reading,
  to: GivenTo,
  paper: Paper,
  rendered: readonly Rendered[] = [],
): Promise<Leak[]> {
  const files = rendered.map((file) => ({ place: `the ${forms[file.form].name} file`, text: textOf(file) }))
  const places = placesOf(paper)
  const found = await leaksInTexts(trx, to, [...places, ...files])
  const inPlaces = found.filter(({ place }) => places.some((one) => one.place === place))
  // A file says no more than the paper does, unless two of its places together do.
  const kinds = new Set(inPlaces.map(({ kind }) => kind))
  return [...inPlaces, ...found.filter((one) => !inPlaces.includes(one) && !kinds.has(one.kind))]
}

/** 'In paragraph 2 stands an address that is kept from others; in the address block …' */
export const leakWords = (found: readonly Leak[]): string => {
  const places = [...new Set(found.map(({ place }) => place))]
  const said = places.map((place) => {
    const kinds = found.filter((one) => one.place === place).map(({ kind }) => leakKinds[kind])
    return `in ${place} stands ${listed(kinds)}`
  })
  return said.length === 0 ? '' : `${said.join('; ').replace(/^i/, 'I')}.`
}
