import { emergencyReasons } from '../access/words.ts'

/** What the trail says, in the words of whoever it is about. */

const actions: Readonly<Record<string, string>> = {
  view: 'Read',
  write: 'Opened to write',
  print: 'Printed',
  export: 'Exported',
  download: 'Downloaded',
  api: 'Read by another system',
  'report-cell': 'Read behind a figure',
  list: 'Asked for a list',
  'search-hit': 'Name shown in a list',
  create: 'Added',
  run: 'Background work',
  'run ended': 'Background work ended',
  'sign-in': 'Signed in',
  'sign-out': 'Signed out',
  'emergency access': 'Opened in an emergency',
  'emergency access to write': 'Went on to write in an emergency',
  'proved again': 'Proved again who they are',
}

/** 'Opened to write'; what the trail names in words of its own stays as it is, with a capital. */
export const actionWords = (action: string): string =>
  actions[action] ?? action.charAt(0).toUpperCase() + action.slice(1)

/** Why it was allowed, said of somebody else; by code of access.rule. */
const rules: Readonly<Record<string, string>> = {
  allocated: 'the allocated worker',
  'co-working': 'works with this child beside the allocated worker',
  advising: 'the personal adviser',
  reviewing: 'chairs this child’s reviews or conferences',
  adoption: 'the adoption worker',
  'supporting-carer': 'supports this carer',
  'placed-with-carer': 'supports the carer this child lived with',
  'supervising-line': 'supervises the worker',
  named: 'named for this restricted record',
  cover: 'covers for the worker',
  duty: 'on duty for this child’s team',
  'open-contact': 'there was an open contact about this child',
  'joint-visit': 'a joint visit with the worker',
  meeting: 'attends a meeting about this child',
  transfer: 'was asked to take this child on',
  panel: 'this child was on their panel',
  matter: 'acts in a legal matter about this child',
  'rights-request': 'handles a request about this record',
  'sampled-audit': 'this record was in their audit sample',
  inspection: 'this record was in their inspection',
  'shared-view': 'shared with them by agreement',
  team: 'their team works with this child',
  household: 'works with a child of this family',
  sibling: 'works with a sister or brother',
  unallocated: 'nobody worked with this child yet',
  'any-child': 'their work may be about any child',
  reason: 'gave a reason that their office allows',
  'new-person': 'was adding this person',
  'break-glass': 'emergency access',
  search: 'may look for anyone by name',
  caseload: 'a list of their own work',
  night: 'a list of what was done out of hours',
  tonight: 'a list of whom to know of tonight',
}

/** undefined for no rule; a code that a later version added is shown as it is. */
export const ruleWords = (rule: string | null): string | undefined =>
  rule === null ? undefined : (rules[rule] ?? rule)

/** Why, in words: an emergency is on the trail by its kind. */
export const purposeWords = (purpose: string): string =>
  (emergencyReasons as Readonly<Record<string, string>>)[purpose] ?? purpose

/** What a refusal was for, as the trail has it: names of kinds, never of people. */
export const outcomeWords = (outcome: string | null): string =>
  ({ allowed: 'Opened', refused: 'Refused', shown: 'Shown', done: 'Done' })[outcome ?? ''] ?? outcome ?? ''

const most = 4

/** The parts of a record by their field groups: named when few, counted when many. */
export function partWords(groups: readonly string[], names: ReadonlyMap<string, string>): string | undefined {
  const said = groups.map((code) => names.get(code) ?? code)
  if (said.length === 0) return undefined
  return said.length > most ? `${said.length} parts of the record` : said.join('; ')
}
