import type { Child } from './child.ts'
import type { Collection } from './collection.ts'

/** Elements in the order they are written; a group is its name and what stands in it. */
type Shape = readonly (string | readonly [string, Shape])[]

/** The order of format.md section 3. */
function childShape(sexFields: string[], preProceedings: boolean): Shape {
  const preProceedingsGroup: Shape = [
    [
      'PreProceedingsandFGDM',
      [
        'PPStartDate',
        'LBPSentDate',
        'FGDMMeetingOffer',
        'FGDMMeetingFac',
        'InitialPPMeetingDate',
        'ReviewMeetingsCount',
        'StepDecisionDate',
        'PPOutcome',
        'CourtAppDate',
        'LetterInitCPDate',
      ],
    ],
  ]
  return [
    [
      'ChildIdentifiers',
      [
        'LAchildID',
        'UPN',
        'FormerUPN',
        'UPNunknown',
        'PersonBirthDate',
        'ExpectedPersonBirthDate',
        ...sexFields,
        'PersonDeathDate',
      ],
    ],
    ['ChildCharacteristics', ['Ethnicity', ['Disabilities', ['Disability']]]],
    [
      'CINdetails',
      [
        'CINreferralDate',
        'ReferralSource',
        'PrimaryNeedCode',
        'CINclosureDate',
        'ReasonForClosure',
        'DateOfInitialCPC',
        [
          'Assessments',
          [
            'AssessmentActualStartDate',
            'AssessmentInternalReviewDate',
            'AssessmentAuthorisationDate',
            ['FactorsIdentifiedAtAssessment', ['AssessmentFactors']],
          ],
        ],
        ['CINPlanDates', ['CINPlanStartDate', 'CINPlanEndDate']],
        ['Section47', ['S47ActualStartDate', 'InitialCPCtarget', 'DateOfInitialCPC', 'ICPCnotRequired']],
        'ReferralNFA',
        [
          'ChildProtectionPlans',
          [
            'CPPstartDate',
            'CPPendDate',
            'InitialCategoryOfAbuse',
            'LatestCategoryOfAbuse',
            'NumberOfPreviousCPP',
            ['Reviews', ['CPPreviewDate']],
          ],
        ],
        ...(preProceedings ? preProceedingsGroup : []),
      ],
    ],
  ]
}

const headerShape: Shape = [
  ['CollectionDetails', ['Collection', 'Year', 'ReferenceDate']],
  ['Source', ['SourceLevel', 'LEA', 'SoftwareCode', 'Release', 'SerialNo', 'DateTime']],
]

/** What the header says beyond the collection (format.md section 2). */
export interface Source {
  /** The authority's DfE number, three digits. */
  lea: string
  software: string
  release: string
  /** How many files were made for this collection, this one counted. */
  serial: number
  /** When the file was made, by the local clock: CCYY-MM-DDThh:mm:ss. */
  madeAt: string
}

/** Writes one census file in pieces, so that its size never matters. */
export class CensusWriter {
  readonly #collection: Collection
  readonly #source: Source
  readonly #shape: Shape

  /**
   * @param everything an as-reported file: whatever is recorded is written, also what this collection has no place for
   */
  constructor(collection: Collection, source: Source, everything = false) {
    this.#collection = collection
    this.#source = source
    this.#shape = everything
      ? childShape(['Sex', 'GenderCurrent'], true)
      : childShape([collection.sexField], collection.preProceedings)
  }

  /** All before the first child. */
  head(): string {
    const { year, to } = this.#collection
    const { lea, software, release, serial, madeAt } = this.#source
    const header = {
      CollectionDetails: { Collection: 'CIN', Year: String(year), ReferenceDate: to },
      Source: {
        SourceLevel: 'L',
        LEA: lea,
        SoftwareCode: software,
        Release: release,
        SerialNo: String(serial).padStart(3, '0'),
        DateTime: madeAt,
      },
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n${elements(headerShape, header, '    ')}  </Header>\n  <Children>\n`
  }

  child(child: Child): string {
    return `    <Child>\n${elements(this.#shape, child, '      ')}    </Child>\n`
  }

  /** All behind the last child. */
  foot(): string {
    return '  </Children>\n</Message>\n'
  }

  /** Our own naming rule, as format.md section 1 proposes it: the file on disc shows what its header says. */
  fileName(asReported = false): string {
    const { lea, serial } = this.#source
    const number = String(serial).padStart(3, '0')
    return `${lea}_CIN_${this.#collection.year}_${number}${asReported ? '_as_reported' : ''}.xml`
  }
}

// biome-ignore lint/suspicious/noExplicitAny: walks whatever the shape names
function elements(shape: Shape, values: any, indent: string): string {
  let text = ''
  for (const entry of shape) {
    const name = typeof entry === 'string' ? entry : entry[0]
    const value = values[name]
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      text +=
        typeof entry === 'string'
          ? element(name, one, indent)
          : group(name, elements(entry[1], one, `${indent}  `), indent)
    }
  }
  return text
}

/** A value that is not known is not written, nor is a group in which nothing is known. */
function element(name: string, value: string, indent: string): string {
  return value === '' ? '' : `${indent}<${name}>${escaped(value)}</${name}>\n`
}

function group(name: string, inside: string, indent: string): string {
  return inside === '' ? '' : `${indent}<${name}>\n${inside}${indent}</${name}>\n`
}

const special = /[&<>]/g
const entity: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML has no way to write
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escaped(value: string): string {
  return String(value)
    .replace(unwritable, '\ufffd')
    .replace(special, (sign) => entity[sign]!)
}
