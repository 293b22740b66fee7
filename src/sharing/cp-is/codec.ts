import { nhsNumberIsRight } from '../../people/numbers.ts'
import { type CpIsCodec, type CpIsPlan, type CpIsRecord, type CpIsUpload, Unsendable } from './neutral.ts'
import { decode } from './reading-answers.ts'
import { escaped } from './xml.ts'

/**
 * The messages of the CP-IS Domain Message Specification as XML. Fixed values are not sent: what stands here is all
 * there is (cp-is.md section 4).
 */
export const xmlCodec: CpIsCodec = {
  encodeUpload: (upload) => {
    checkUpload(upload)
    return new TextEncoder().encode(writeUpload(upload))
  },
  decode,
}

/** Roots of identifiers. */
export const roots = {
  nhsNumber: '2.16.840.1.113883.2.1.4.1',
  localId: '2.16.840.1.113883.2.1.3.2.4.18.24',
  contentId: '2.16.840.1.113883.2.1.3.2.4.18.16',
  // Unverified: that …19.1 is an organisation and …19.2 a site.
  organisation: '2.16.840.1.113883.2.1.3.2.4.19.1',
} as const

export const namespaces = { hl7: 'urn:hl7-org:v3', localisation: 'NPFIT:HL7:Localisation' } as const

/** The block of each type of plan: its template and the stem of its elements. */
export const planBlocks = {
  CPP: { template: 'COCT_TP146101GB01', block: 'CPPInformation', stem: 'cPP' },
  LAC: { template: 'COCT_TP146100GB01', block: 'LACInformation', stem: 'lAC' },
  UCP: { template: 'COCT_TP146102GB01', block: 'UCPInformation', stem: 'uCP' },
} as const

export const subjectBlocks = {
  child: { template: 'COCT_TP145101GB01', block: 'Child' },
  'mother-of-unborn': { template: 'COCT_TP145100GB01', block: 'UnbornChild' },
} as const

const minute = /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d$/

/** What the schema lets through and nobody should send (section 4.4): each rule by its words. */
const recordRules: readonly { says: string; breaks(record: CpIsRecord): boolean }[] = [
  { says: 'An NHS number is not one', breaks: ({ subject }) => !nhsNumberIsRight(subject.nhsNumber) },
  {
    says: 'A given or family name is empty',
    breaks: ({ subject }) => !subject.given.trim() || !subject.family.trim(),
  },
  {
    says: 'A date of birth is not eight digits',
    breaks: ({ subject }) => !/^(19|20)\d{6}$/.test(subject.born),
  },
  {
    says: 'A record has no plan, or more than three',
    breaks: ({ plans }) => plans.length === 0 || plans.length > 3,
  },
  {
    says: 'A date of a plan is not a day and minute',
    breaks: ({ plans }) =>
      plans.some((plan) =>
        [plan.start, plan.end, plan.deleteOn].some((date) => date !== undefined && !minute.test(date)),
      ),
  },
  {
    says: 'A plan ends before it starts',
    breaks: ({ plans }) =>
      plans.some(({ start, end, deleteOn }) => (end && end < start) || (deleteOn && deleteOn < start)),
  },
  {
    says: 'The plan of an unborn child has no end',
    breaks: ({ plans }) => plans.some(({ type, end }) => type === 'UCP' && !end),
  },
  {
    says: 'A plan and whose it is contradict each other',
    breaks: ({ subject, plans }) =>
      plans.some(({ type }) => (type === 'UCP') !== (subject.kind === 'mother-of-unborn')),
  },
]

/** @throws Unsendable with the first rule that is broken, and by which records */
function checkUpload({ sequence, sender, records }: CpIsUpload): void {
  if (!Number.isInteger(sequence) || sequence < 1) throw new Unsendable('The file has no number')
  if (records.length === 0) throw new Unsendable('The file has no record')
  if (!/^[A-Z0-9]{3,10}$/.test(sender.odsCode)) throw new Unsendable('The authority’s code is not one')
  if (!sender.name.trim()) throw new Unsendable('The authority has no name')
  for (const number of [sender.officeHours, sender.emergencyDuty])
    if (number !== undefined && !/^\+?\d+$/.test(number))
      throw new Unsendable('A telephone number is not digits only')
  for (const { says, breaks } of recordRules) {
    const wrong = records.flatMap((record, place) => (breaks(record) ? [place] : []))
    if (wrong.length > 0) throw new Unsendable(says, wrong)
  }
  const seen = new Set<string>()
  const twice = records.flatMap(({ subject }, place) => {
    const one = `${subject.kind} ${subject.nhsNumber}`
    const again = seen.has(one)
    seen.add(one)
    return again ? [place] : []
  })
  if (twice.length > 0) throw new Unsendable('A person stands in the file twice', twice)
}

const pad = (n: number, digits = 2) => String(n).padStart(digits, '0')

/** A moment as HL7 has it, in UTC: `20261123203000+0000`. */
export const momentText = (at: Date): string =>
  `${pad(at.getUTCFullYear(), 4)}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}${pad(at.getUTCHours())}${pad(at.getUTCMinutes())}${pad(at.getUTCSeconds())}+0000`

function writeUpload({ sequence, createdAt, sender, records }: CpIsUpload): string {
  const { odsCode, name, officeHours, emergencyDuty } = sender
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<File xmlns="${namespaces.hl7}" xmlns:npfitlc="${namespaces.localisation}">`,
    `  <creationTime value="${momentText(createdAt)}"/>`,
    `  <id extension="${sequence}"/>`,
    `  <transmissionQuantity value="${records.length}"/>`,
    '  <communicationFunctionSnd>',
    '    <organisation>',
    `      <id root="${roots.organisation}" extension="${odsCode}"/>`,
    `      <name>${escaped(name)}</name>`,
    `      <telecom value="tel:${officeHours}" use="WP"/>`,
    ...(emergencyDuty ? [`      <telecom value="tel:${emergencyDuty}" use="EC"/>`] : []),
    '    </organisation>',
    '  </communicationFunctionSnd>',
    ...records.flatMap((record) => writeRecord(record, `${odsCode}:${name.toUpperCase()}`)),
    '</File>',
    '',
  ].join('\n')
}

function writeRecord({ subject, plans }: CpIsRecord, authority: string): string[] {
  const { template, block } = subjectBlocks[subject.kind]
  return [
    '  <record>',
    '    <CP-ISRecord>',
    ...plans.flatMap(writePlan),
    '      <subject>',
    contentId(template, block),
    `        <${template}.${block}>`,
    ...(subject.kind === 'child' ? writeChild(subject, authority) : writeMother(subject, authority)),
    `        </${template}.${block}>`,
    '      </subject>',
    '    </CP-ISRecord>',
    '  </record>',
  ]
}

const contentId = (template: string, block: string) =>
  `        <npfitlc:contentId root="${roots.contentId}" extension="${template}#${block}"/>`

function writePlan({ type, start, end, deleteOn }: CpIsPlan): string[] {
  const { template, block, stem } = planBlocks[type]
  const date = (component: string, name: string, value: string) =>
    `          <${component}><${stem}${name}><value value="${value}"/></${stem}${name}></${component}>`
  return [
    '      <pertinentInformation>',
    contentId(template, block),
    `        <${template}.${block}>`,
    date('component', 'StartDate', start),
    ...(end ? [date('component1', 'EndDate', end)] : []),
    ...(deleteOn ? [date('component2', 'DeleteDate', deleteOn)] : []),
    `        </${template}.${block}>`,
    '      </pertinentInformation>',
  ]
}

type Subject = CpIsRecord['subject']

const identifiers = ({ nhsNumber, localId }: Subject, authority: string, indent: string): string[] => [
  `${indent}<id root="${roots.nhsNumber}" extension="${nhsNumber}"/>`,
  ...(localId
    ? [
        `${indent}<id root="${roots.localId}" extension="${escaped(localId)}" assigningAuthorityName="${escaped(authority)}"/>`,
      ]
    : []),
]

const person = ({ born, given, family }: Subject): string[] => [
  `            <birthTime value="${born}"/>`,
  `            <name><given>${escaped(given)}</given><family>${escaped(family)}</family></name>`,
]

const writeChild = (subject: Subject, authority: string): string[] => [
  ...identifiers(subject, authority, '          '),
  '          <childPerson>',
  ...person(subject),
  '          </childPerson>',
]

const writeMother = (subject: Subject, authority: string): string[] => [
  '          <parentMotherPerson>',
  ...person(subject),
  '            <playedMother>',
  ...identifiers(subject, authority, '              '),
  '            </playedMother>',
  '          </parentMotherPerson>',
]
