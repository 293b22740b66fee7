export { relationWords } from './relation-words.ts'

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

/** Which parent is not known, and why. */
export const unknownParents: Readonly<Record<string, string>> = {
  father: 'The father',
  mother: 'The mother',
  'second-parent': 'The second parent',
}
export const whyUnknown: Readonly<Record<string, string>> = {
  'not-known-to-family': 'The family does not know who it is',
  'not-told': 'The family knows and would rather not say',
  'not-asked': 'Not asked yet',
  'being-established': 'It is being found out',
  'found-as-infant': 'The child was found',
  other: 'For another reason',
}

/** What kind of name, address, telephone number, number or worker a fact holds. */
export const kindWords: Readonly<Record<string, string>> = {
  legal: 'Legal name',
  preferred: 'Preferred name',
  birth: 'Name at birth',
  former: 'Former name',
  'also-known-as': 'Also known as',
  home: 'Home',
  placement: 'Placement',
  correspondence: 'For letters',
  telephone: 'Telephone',
  mobile: 'Mobile telephone',
  email: 'E-mail',
  'la-child-id': 'Local authority child ID',
  'ssda903-child-id': 'SSDA903 child ID',
  upn: 'Unique pupil number',
  'former-upn': 'Former unique pupil number',
  'nhs-number': 'NHS number',
  'legacy-id': 'Number in an earlier system',
  'home-office': 'Home Office number',
  'national-insurance': 'National Insurance number',
  'youth-justice': 'Youth justice number',
  'court-case': 'Court case number',
  'adoption-agency': 'Adoption agency number',
  allocated: 'Allocated worker',
  'co-working': 'Co-worker',
  team: 'Team',
  'personal-adviser': 'Personal adviser',
  'reviewing-officer': 'Independent reviewing officer',
  'conference-chair': 'Conference chair',
  'supervising-social-worker': 'Supervising social worker',
  'adoption-worker': 'Adoption worker',
  other: 'Other',
}

/** Why somebody was found, by the codes of `record.people_alike`. */
export const matchedWords: Readonly<Record<string, string>> = {
  name: 'name',
  spelling: 'other spelling',
  short: 'short form',
  ending: 'ending of the name',
  joined: 'written in one or apart',
  sounds: 'sounds like',
  alike: 'spelt alike',
  begins: 'name begins so',
  former: 'former or other name',
  'day-as-said': 'birth date',
  'day-swapped': 'day and month swapped',
  'day-digit': 'birth date one digit out',
  'day-turned': 'birth date with two digits turned',
  'day-beside': 'born the day before or after',
  'day-estimated': 'estimated birth date',
  age: 'about that age',
  number: 'number',
  phone: 'phone number',
  postcode: 'postcode',
  'postcode-area': 'postcode area',
  address: 'address',
  street: 'street',
  'street-alike': 'street spelt alike',
  'former-address': 'former address',
}
