/** One yearly collection of the children in need census (format.md, head and section 7). */
export interface Collection {
  /** As the DfE names it: 2024-25. */
  name: string
  /** The calendar year in which the census year ends, as the header has it. */
  year: number
  /** First and last day of the census year; the last is the reference date. */
  from: string
  to: string
  /** What the file calls the child's sex in this collection. */
  sexField: 'GenderCurrent' | 'Sex'
  /** Whether pre-proceedings are asked for; provisional. */
  preProceedings: boolean
}

const firstYear = 2023
const firstYearWithSex = 2025
const firstYearWithPreProceedings = 2027
const lastYear = 2027

/** Every collection that Cairn can write, the newest first. */
export const collections: readonly Collection[] = Array.from(
  { length: lastYear - firstYear + 1 },
  (_, before) => collectionOf(lastYear - before),
)

function collectionOf(year: number): Collection {
  return {
    name: `${year - 1}-${String(year).slice(2)}`,
    year,
    from: `${year - 1}-04-01`,
    to: `${year}-03-31`,
    sexField: year < firstYearWithSex ? 'GenderCurrent' : 'Sex',
    preProceedings: year >= firstYearWithPreProceedings,
  }
}

/** The collection of a name such as 2024-25; undefined when there is none. */
export const collectionNamed = (name: string): Collection | undefined =>
  collections.find((collection) => collection.name === name)

/** The latest collection whose census year had begun on this day. */
export const collectionOn = (day: string): Collection =>
  collections.find(({ from }) => from <= day) ?? collections[collections.length - 1]!
