import { definePaths } from '../web/paths.ts'

/** Addresses of the people in the record. Search itself is in web/house-paths.ts. */
export const paths = definePaths({
  suggestions: '/search/suggestions',
  newPerson: '/people/new',
  likely: '/people/new/likely',
  added: '/people/:person/added',
  record: '/children/:person',
  family: '/children/:person/family',
  education: '/children/:person/education',
  fact: '/children/:person/facts/:table/:fact',
  takeBack: '/children/:person/facts/:table/:fact/in-error',

  relativeFind: '/children/:person/family/find',
  relationshipAdd: '/children/:person/family/relationships/add',
  relationship: '/children/:person/family/relationships/:fact',
  responsibilityAdd: '/children/:person/family/parental-responsibility/add',
  responsibility: '/children/:person/family/parental-responsibility/:fact',
  unknownParentAdd: '/children/:person/family/unknown-parents/add',
  unknownParent: '/children/:person/family/unknown-parents/:fact',

  whoMay: '/children/:person/who-may',
  arrangementAdd: '/children/:person/who-may/arrangements/add',
  arrangement: '/children/:person/who-may/arrangements/:fact',

  warnings: '/children/:person/warnings',
  hazardAdd: '/children/:person/warnings/hazards/add',
  hazard: '/children/:person/warnings/hazards/:fact',
  riskAdd: '/children/:person/warnings/risks/add',
  risk: '/children/:person/warnings/risks/:fact',
  evidenceAdd: '/children/:person/warnings/evidence/add',
  evidence: '/children/:person/warnings/evidence/:fact',

  communication: '/children/:person/communication',
  needAdd: '/children/:person/communication/add',
  need: '/children/:person/communication/:fact',
  details: '/children/:person/details',
  detailNew: '/children/:person/details/:kind/new',
  detail: '/children/:person/details/:kind/:fact',
  detailOut: '/children/:person/details/:kind/:fact/recorded-in-error',
  about: '/children/:person/about',

  duplicates: '/people/possibly-the-same',
  samePerson: '/children/:person/same-person',
  compare: '/children/:person/same-person/:other',
  parting: '/children/:person/merged/:alias',
})
