import type {
  Access,
  AccessNotification,
  InactiveNotification,
  InactiveNumber,
  Incoming,
  Returned,
  Statement,
  UploadAnswer,
} from './neutral.ts'
import { all, at, attribute, type Element, readXml, textOf, Unreadable } from './xml.ts'

/** Root of NHS numbers, and of our own. */
const nhsNumberRoot = '2.16.840.1.113883.2.1.4.1'
const localIdRoot = '2.16.840.1.113883.2.1.3.2.4.18.24'

/** What a message is, its root element says; the workflow it came by only confirms it. */
const readers = new Map<string, (root: Element) => Incoming>([
  ['FileResponse', readAnswer],
  ['CP-ISAccessToServiceNotification', readAccess],
  ['CP-ISInactiveNHSNumberNotification', readInactive],
])

/** Reads what CP-IS sent. It never throws: what cannot be read is kept and looked at by a person. */
export function decode(bytes: Uint8Array): Incoming {
  try {
    const root = readXml(bytes)
    const read = root.namespace === 'urn:hl7-org:v3' ? readers.get(root.name) : undefined
    return read?.(root) ?? { kind: 'unrecognised', why: 'It is none of the messages of CP-IS' }
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unrecognised', why: error.message }
    throw error
  }
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
/** Minus one stands for what the NHS could not read. */
const known = (text: string | undefined): number | undefined => {
  const number = wholeNumber(text)
  return number === undefined || number < 0 ? undefined : number
}
const valueAt = (element: Element | undefined, ...path: string[]) => attribute(at(element, ...path), 'value')

/** The identifiers beneath an element, however deep, by their roots. */
function numbersIn(element: Element | undefined): {
  nhsNumber?: string | undefined
  localId?: string | undefined
} {
  const found: { nhsNumber?: string | undefined; localId?: string | undefined } = {}
  const walk = (one: Element | undefined) => {
    if (!one) return
    const root = attribute(one, 'root')
    if (root === nhsNumberRoot) found.nhsNumber ??= attribute(one, 'extension')
    if (root === localIdRoot) found.localId ??= attribute(one, 'extension')
    for (const child of one.children) walk(child)
  }
  walk(element)
  return found
}

function readAnswer(root: Element): UploadAnswer {
  const returned = (message: Element): Returned => {
    const said = at(message, 'cP-ISLAAcknowledgementResponse', 'pertinentInformation1')
    const valid = at(said, 'validCP-ISRecord')
    return { ...numbersIn(valid ?? at(said, 'invalidCP-ISRecord')), valid: valid !== undefined }
  }
  return {
    kind: 'answer',
    sequence: known(attribute(at(root, 'id'), 'extension')),
    createdAt: valueAt(root, 'creationTime') ?? '',
    count: known(valueAt(root, 'transmissionQuantity')),
    succeeded: known(valueAt(root, 'successfulReturnedCP-ISRecords', 'value')),
    failed: known(valueAt(root, 'failedReturnedCP-ISRecords', 'value')),
    file: all(at(root, 'acknowledgementFile'), 'acknowledgementFileDetail').map((one) =>
      statement(at(one, 'code')),
    ),
    statements: all(at(root, 'acknowledgementRecord'), 'acknowledgementRecordDetail').map((one) => ({
      ...statement(at(one, 'code')),
      location: textOf(at(one, 'location')),
    })),
    // An element that is said to be nil has nothing in it.
    records: all(root, 'message')
      .filter(({ children }) => children.length > 0)
      .map(returned),
  }
}

/** A code, and every code and text beneath it: where the second code of CPR07 stands nobody has published. */
function statement(code: Element | undefined): Statement {
  const details: { code?: string | undefined; said?: string | undefined }[] = []
  const walk = (one: Element) => {
    for (const child of one.children) {
      const said =
        attribute(child, 'displayName') ?? (child.name === 'originalText' ? textOf(child) : undefined)
      const its = attribute(child, 'code')
      if (its !== undefined || said !== undefined) details.push({ code: its, said })
      walk(child)
    }
  }
  if (code) walk(code)
  return { code: attribute(code, 'code') ?? '', said: attribute(code, 'displayName'), details }
}

/** A moment of HL7; parts may be missing from the right. Undefined when it is none. */
export function momentOf(text: string | undefined): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?(?:\.\d+)?)?([+-]\d{4})?$/.exec(text ?? '')
  if (!parts) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = '+0000'] = parts
  const at = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${zone.slice(0, 3)}:${zone.slice(3)}`,
  )
  return Number.isNaN(at.getTime()) ? undefined : at
}

const idOf = (element: Element | undefined): string =>
  attribute(at(element, 'id'), 'root')?.toUpperCase() ?? ''

function readAccess(root: Element): Incoming {
  const id = idOf(root)
  if (!id) return { kind: 'unrecognised', why: 'A notification without an id' }
  const accesses = all(root, 'pertinentInformation1').flatMap((one) => {
    const record = at(one, 'pertinentCP-ISRecordAccess')
    const sequence = attribute(at(record, 'reference', 'referredToLAUploadFile', 'value'), 'extension')
    return all(record, 'pertinentInformation2').flatMap(
      (each) => accessOf(at(each, 'pertinentCP-ISNHSQuery'), sequence) ?? [],
    )
  })
  const total = known(valueAt(root, 'pertinentInformation', 'pertinentTotalReturnedRecords', 'value'))
  return { kind: 'access', id, total, accesses } satisfies AccessNotification
}

function accessOf(query: Element | undefined, sequence: string | undefined): Access | undefined {
  const id = idOf(query)
  const moment = momentOf(valueAt(query, 'effectiveTime'))
  if (!query || !id || !moment) return undefined
  const author = at(query, 'author')
  const person = at(author, 'COCT_TP145102GB01.AssignedAuthor')
  const system = at(author, 'COCT_TP145104GB01.System')
  const behind = at(system, 'indirectAuthority', 'superiorAssignedEntity')
  const organisation = at(person, 'representedOrganization') ?? at(system, 'maintainingOrganization')
  return {
    id,
    at: moment,
    ...numbersIn(at(query, 'queryByParameter')),
    who: textOf(at(person, 'assignedAuthorPerson', 'name') ?? at(behind, 'assignedPerson', 'name')),
    role: attribute(at(person ?? behind, 'code'), 'displayName'),
    organisation: textOf(at(organisation, 'name')),
    organisationCode: attribute(at(organisation, 'id'), 'extension'),
    bySystem: person === undefined,
    sequence,
  }
}

function readInactive(root: Element): Incoming {
  const id = idOf(root)
  if (!id) return { kind: 'unrecognised', why: 'A notification without an id' }
  const numbers = all(root, 'subject').flatMap((subject): InactiveNumber[] => {
    const patient = at(subject, 'pDSInactivePatient')
    if (!patient) return []
    return [
      {
        ...numbersIn({ ...patient, children: [...all(patient, 'id')] }),
        replacements: all(at(patient, 'replacedBy', 'newVersion'), 'id').flatMap(
          (one) => attribute(one, 'extension') ?? [],
        ),
        sequence: attribute(at(patient, 'subjectOf', 'lAUploadFile', 'value'), 'extension'),
      },
    ]
  })
  return { kind: 'inactive', id, numbers } satisfies InactiveNotification
}
