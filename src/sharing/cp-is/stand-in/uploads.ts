import { namespaces, planBlocks, roots, subjectBlocks } from '../codec.ts'
import type { CpIsPlan, CpIsRecord, PlanType } from '../neutral.ts'
import { type Element, readXml } from '../xml.ts'

/** An upload as the NHS reads it: by its schema, order of elements and all. */
export interface Upload {
  readonly sequence: string
  readonly authority: { readonly code: string; readonly name: string; readonly telephones: readonly string[] }
  readonly records: readonly CpIsRecord[]
}

/** A file that is none. `sequence` is known when it could be read before the fault. */
export class BadFile extends Error {
  readonly sequence: string | undefined
  constructor(message: string, sequence?: string) {
    super(message)
    this.sequence = sequence
  }
}

/** @throws BadFile */
export function readUpload(bytes: Uint8Array): Upload {
  let root: Element
  try {
    root = readXml(bytes)
  } catch (error) {
    throw new BadFile((error as Error).message)
  }
  if (root.name !== 'File' || root.namespace !== namespaces.hl7) throw new BadFile('Not a File')
  let sequence: string | undefined
  try {
    const [created, id, quantity, sender, ...records] = root.children
    named(created, 'creationTime', ['value'])
    if (!/^\d{14}[+-]\d{4}$/.test(value(created))) throw new BadFile('creationTime')
    named(id, 'id', ['extension'])
    sequence = given(id, 'extension')
    named(quantity, 'transmissionQuantity', ['value'])
    if (value(quantity) !== String(records.length) || records.length === 0)
      throw new BadFile('transmissionQuantity')
    return { sequence, authority: authorityOf(sender), records: records.map(recordOf) }
  } catch (error) {
    if (error instanceof BadFile) throw new BadFile(error.message, sequence)
    throw error
  }
}

/** The element that stands here, with these attributes and no others. */
function named(
  element: Element | undefined,
  name: string,
  attributes: readonly string[] = [],
  optional: readonly string[] = [],
): Element {
  if (element?.name !== name) throw new BadFile(`${name} expected`)
  for (const one of attributes) given(element, one)
  for (const one of element.attributes.keys())
    if (!attributes.includes(one) && !optional.includes(one)) throw new BadFile(`${name} has ${one}`)
  return element
}

function given(element: Element | undefined, attribute: string): string {
  const found = element?.attributes.get(attribute)
  if (!found) throw new BadFile(`${element?.name} without ${attribute}`)
  return found
}
const value = (element: Element | undefined) => given(element, 'value')

function only(element: Element, count: number): readonly Element[] {
  if (element.children.length !== count)
    throw new BadFile(`${element.name} has ${element.children.length} elements`)
  return element.children
}

function authorityOf(sender: Element | undefined): Upload['authority'] {
  const [organisation] = only(named(sender, 'communicationFunctionSnd'), 1)
  const [id, name, ...telephones] = named(organisation, 'organisation').children
  named(id, 'id', ['root', 'extension'])
  if (!['2.16.840.1.113883.2.1.3.2.4.19.1', '2.16.840.1.113883.2.1.3.2.4.19.2'].includes(given(id, 'root')))
    throw new BadFile('organisation id')
  named(name, 'name')
  if (telephones.length < 1 || telephones.length > 2) throw new BadFile('telecom')
  for (const one of telephones) {
    named(one, 'telecom', ['value', 'use'])
    if (
      !/^tel:\+?\d+$/.test(value(one)) ||
      !['WP', 'EC', 'H', 'HP', 'HV', 'AS', 'PG', 'MC'].includes(given(one, 'use'))
    )
      throw new BadFile('telecom')
  }
  return {
    code: given(id, 'extension'),
    name: name!.text.trim(),
    telephones: telephones.map((one) => value(one).slice(4)),
  }
}

function recordOf(record: Element): CpIsRecord {
  const [inner] = only(named(record, 'record'), 1)
  const parts = named(inner, 'CP-ISRecord').children
  const plans = parts.filter(({ name }) => name === 'pertinentInformation')
  const subjects = parts.slice(plans.length)
  if (
    plans.length < 1 ||
    plans.length > 3 ||
    parts.slice(0, plans.length).some((one) => !plans.includes(one))
  )
    throw new BadFile('plans')
  if (subjects.length < 1 || subjects.length > 2) throw new BadFile('subjects')
  return { subject: subjectOf(subjects[0]), plans: plans.map(planOf) }
}

/** The block that a content id announces. */
function announced(
  element: Element,
  blocks: readonly { template: string; block: string }[],
): { block: Element; which: number } {
  const [contentId, block] = only(element, 2)
  named(contentId, 'contentId', ['root', 'extension'])
  if (contentId!.namespace !== namespaces.localisation || given(contentId, 'root') !== roots.contentId)
    throw new BadFile('contentId')
  const which = blocks.findIndex(
    ({ template, block: name }) =>
      block!.name === `${template}.${name}` && given(contentId, 'extension') === `${template}#${name}`,
  )
  if (which < 0) throw new BadFile('contentId')
  return { block: block!, which }
}

const planTypes = Object.keys(planBlocks) as PlanType[]

function planOf(element: Element): CpIsPlan {
  const { block, which } = announced(element, Object.values(planBlocks))
  const type = planTypes[which]!
  const { stem } = planBlocks[type]
  const parts = new Map<string, string>()
  const order = ['component', 'component1', 'component2']
  let last = -1
  for (const part of block.children) {
    const place = order.indexOf(part.name)
    if (place <= last) throw new BadFile('order of dates')
    last = place
    const [date] = only(part, 1)
    named(date, `${stem}${['StartDate', 'EndDate', 'DeleteDate'][place]}`)
    const [stands] = only(date!, 1)
    named(stands, 'value', ['value'])
    if (!/^(19|20)\d{10}$/.test(value(stands))) throw new BadFile('a date of twelve digits')
    parts.set(part.name, value(stands))
  }
  const start = parts.get('component')
  if (!start || (type === 'UCP' && !parts.has('component1'))) throw new BadFile('a date is missing')
  return { type, start, end: parts.get('component1'), deleteOn: parts.get('component2') }
}

function subjectOf(element: Element | undefined): CpIsRecord['subject'] {
  const { block, which } = announced(named(element, 'subject'), Object.values(subjectBlocks))
  if (which === 0) {
    const ids = block.children.slice(0, -1)
    const person = named(block.children.at(-1), 'childPerson')
    return { kind: 'child', ...numbersOf(ids), ...whoIs(person, 2) }
  }
  const mother = named(only(block, 1)[0], 'parentMotherPerson')
  return {
    kind: 'mother-of-unborn',
    ...numbersOf(named(mother.children[2], 'playedMother').children),
    ...whoIs(mother, 3),
  }
}

function numbersOf(ids: readonly Element[]): { nhsNumber: string; localId?: string | undefined } {
  if (ids.length < 1 || ids.length > 2) throw new BadFile('ids')
  const [first, second] = ids
  named(first, 'id', ['root', 'extension'])
  if (given(first, 'root') !== roots.nhsNumber) throw new BadFile('the first id is the NHS number')
  if (!second) return { nhsNumber: given(first, 'extension') }
  named(second, 'id', ['root', 'extension'], ['assigningAuthorityName'])
  if (given(second, 'root') !== roots.localId) throw new BadFile('the second id is the local one')
  return { nhsNumber: given(first, 'extension'), localId: given(second, 'extension') }
}

function whoIs(person: Element, parts: number): { given: string; family: string; born: string } {
  const [birth, name] = only(person, parts)
  named(birth, 'birthTime', ['value'])
  const [first, last] = only(named(name, 'name'), 2)
  const texts = [named(first, 'given').text.trim(), named(last, 'family').text.trim()]
  if (texts.includes('')) throw new BadFile('an empty name')
  return { given: texts[0]!, family: texts[1]!, born: value(birth) }
}
