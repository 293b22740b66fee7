/** What one person is to another, as families say it. */
export const relationWords: Readonly<Record<string, string>> = {
  mother: 'Mother',
  father: 'Father',
  parent: 'Parent',
  'step-parent': 'Step-parent',
  'adoptive-parent': 'Adoptive parent',
  'foster-carer': 'Foster carer',
  guardian: 'Guardian',
  brother: 'Brother',
  sister: 'Sister',
  sibling: 'Brother or sister',
  'half-sibling': 'Half-brother or half-sister',
  'step-sibling': 'Step-brother or step-sister',
  grandparent: 'Grandparent',
  'aunt-or-uncle': 'Aunt or uncle',
  cousin: 'Cousin',
  child: 'Child',
  partner: 'Partner',
  friend: 'Friend',
  other: 'Somebody else',
}

/** The same relationship said from the other end: whose mother she is, that one is her child. */
export const otherEndWords: Readonly<Record<string, string>> = {
  mother: 'Child',
  father: 'Child',
  parent: 'Child',
  'step-parent': 'Step-child',
  'adoptive-parent': 'Adopted child',
  'foster-carer': 'Fostered child',
  guardian: 'Child in their care',
  brother: 'Brother or sister',
  sister: 'Brother or sister',
  grandparent: 'Grandchild',
  'aunt-or-uncle': 'Nephew or niece',
  child: 'Parent',
}

/** By what somebody holds parental responsibility. */
export const basisWords: Readonly<Record<string, string>> = {
  mother: 'As mother',
  'married-to-mother': 'Married to the mother',
  'on-birth-certificate': 'Named on the birth certificate',
  agreement: 'By agreement',
  'court-order': 'By a parental responsibility order',
  'care-order': 'By a care order',
  'placement-order': 'By a placement order',
  adoption: 'By adoption',
  'special-guardianship': 'As special guardian',
  'child-arrangements': 'By a child arrangements order',
  'civil-partnership': 'Civil partner of the mother',
  'guardian-by-will': 'Guardian named in a will',
  other: 'By other means',
}
