/** A word by the sex of whom it is said of: man, woman, not known or neither. */
interface Words {
  readonly M: string
  readonly F: string
  readonly either: string
}

const words = (M: string, F: string, either: string): Words => ({ M, F, either })
const same = (word: string): Words => words(word, word, word)

const parent = words('Father', 'Mother', 'Parent')
const child = words('Son', 'Daughter', 'Child')
const sibling = words('Brother', 'Sister', 'Brother or sister')
const inCare = same('Child in their care')

/**
 * Each kind of relationship once: what the other is to this person, and what this person is to the other. The kinds are
 * the table’s own (`record.relationship`).
 */
const kinds = {
  mother: { other: same('Mother'), self: child },
  father: { other: same('Father'), self: child },
  parent: { other: parent, self: child },
  'step-parent': {
    other: words('Stepfather', 'Stepmother', 'Step-parent'),
    self: words('Stepson', 'Stepdaughter', 'Stepchild'),
  },
  'adoptive-parent': {
    other: words('Adoptive father', 'Adoptive mother', 'Adoptive parent'),
    self: words('Adopted son', 'Adopted daughter', 'Adopted child'),
  },
  'foster-carer': { other: same('Foster carer'), self: same('Fostered child') },
  guardian: { other: same('Guardian'), self: inCare },
  carer: { other: same('Carer'), self: inCare },
  brother: { other: same('Brother'), self: sibling },
  sister: { other: same('Sister'), self: sibling },
  sibling: { other: sibling, self: sibling },
  'half-sibling': pair(words('Half-brother', 'Half-sister', 'Half-brother or half-sister')),
  'step-sibling': pair(words('Stepbrother', 'Stepsister', 'Stepbrother or stepsister')),
  grandparent: {
    other: words('Grandfather', 'Grandmother', 'Grandparent'),
    self: words('Grandson', 'Granddaughter', 'Grandchild'),
  },
  'aunt-or-uncle': {
    other: words('Uncle', 'Aunt', 'Aunt or uncle'),
    self: words('Nephew', 'Niece', 'Nephew or niece'),
  },
  cousin: pair(same('Cousin')),
  child: { other: child, self: parent },
  partner: pair(same('Partner')),
  friend: pair(same('Friend')),
  associate: pair(same('Somebody they spend time with')),
  other: pair(same('Somebody else who matters')),
} satisfies Record<string, { other: Words; self: Words }>

function pair(both: Words) {
  return { other: both, self: both }
}

export type RelationKind = keyof typeof kinds
export const relationKinds = Object.keys(kinds) as [RelationKind, ...RelationKind[]]

/** Kinds that stay what they were when a home or a couple came apart; the others end as 'former'. */
const forLife = new Set<string>([
  ...['mother', 'father', 'parent', 'adoptive-parent', 'brother', 'sister', 'sibling', 'half-sibling'],
  ...['grandparent', 'aunt-or-uncle', 'cousin', 'child'],
])

/**
 * What somebody is to the person whose record is read, in the right word for their end and sex.
 * @param fromOtherEnd the row stands on the other’s record: it says what this person is to them
 * @param sex of the somebody, `M` or `F`; anything else where it is not known
 */
export function relationTo(
  kind: string,
  { fromOtherEnd, sex, ended }: { fromOtherEnd: boolean; sex?: string | null | undefined; ended: boolean },
): string {
  const both = kinds[kind as RelationKind]
  if (!both) return kind
  const said = (fromOtherEnd ? both.self : both.other)[sex === 'M' || sex === 'F' ? sex : 'either']
  return ended && !forLife.has(kind) ? `Former ${said[0]!.toLowerCase()}${said.slice(1)}` : said
}

/** What the other is, by kind alone. */
export const relationWords: Readonly<Record<string, string>> = Object.fromEntries(
  relationKinds.map((kind) => [kind, kinds[kind].other.either]),
)

/** The kinds as a form offers them: what the other is. */
export const relationOptions = relationKinds.map((kind) => ({ value: kind, text: kinds[kind].other.either }))
