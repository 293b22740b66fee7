import { momentText, namespaces, roots, subjectBlocks } from '../codec.ts'
import type { CpIsRecord } from '../neutral.ts'
import { escaped } from '../xml.ts'
import type { RecordAnswer } from './register.ts'
import { said } from './register.ts'
import type { Upload } from './uploads.ts'

/** The three messages that the NHS sends to an authority, as the schema has them. */

const open = (root: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespaces.hl7}" xmlns:npfitlc="${namespaces.localisation}">`
const contentId = (template: string, block: string) =>
  `<npfitlc:contentId root="${roots.contentId}" extension="${template}#${block}"/>`
const organisation = ({ code, name }: { code: string; name: string }) =>
  `<id root="${roots.organisation}" extension="${escaped(code)}"/><name>${escaped(name)}</name>`

export interface Answered {
  readonly sequence: string | undefined
  readonly file: string
  readonly upload?: Upload | undefined
  readonly answers: readonly RecordAnswer[]
}

/** Message 2: what became of a file and of each record in it. */
export function uploadResponse({ sequence, file, upload, answers }: Answered, at: Date): string {
  const ok = answers.filter(({ code }) => code === 'CPR06').length
  const details = answers.map(({ code, said: words, detail }, i) =>
    [
      '<acknowledgementRecordDetail>',
      `<code code="${code}" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.473" displayName="${escaped(words)}"`,
      detail
        ? `><translation code="${detail.code}" codeSystem="LOCALTEST" displayName="${escaped(detail.said)}"/></code>`
        : '/>',
      `<location>/FileResponse/message[${i + 1}]</location></acknowledgementRecordDetail>`,
    ].join(''),
  )
  return [
    open('FileResponse'),
    `<creationTime value="${momentText(at)}"/>`,
    `<id extension="${sequence ?? '-1'}"/>`,
    `<transmissionQuantity value="${sequence === undefined ? -1 : (upload?.records.length ?? -1)}"/>`,
    `<acknowledgementFile><acknowledgementFileDetail><code code="${file}" displayName="${escaped(said[file] ?? file)}"/></acknowledgementFileDetail></acknowledgementFile>`,
    ...(details.length > 0 ? [`<acknowledgementRecord>${details.join('')}</acknowledgementRecord>`] : []),
    `<communicationFunctionRcv><organisation>${organisation(upload?.authority ?? { code: 'ZZ999', name: 'Not known' })}<telecom value="tel:${upload?.authority.telephones[0] ?? '0'}" use="WP"/></organisation></communicationFunctionRcv>`,
    `<failedReturnedCP-ISRecords><value value="${answers.length - ok}"/></failedReturnedCP-ISRecords>`,
    ...answers.map(({ code }, i) => returned(upload!.records[i]!, code === 'CPR06')),
    `<successfulReturnedCP-ISRecords><value value="${ok}"/></successfulReturnedCP-ISRecords>`,
    '</FileResponse>\n',
  ].join('\n')
}

const numbers = ({ nhsNumber, localId }: CpIsRecord['subject']) =>
  `<id root="${roots.nhsNumber}" extension="${nhsNumber}"/>${localId ? `<id root="${roots.localId}" extension="${escaped(localId)}"/>` : ''}`

function returned({ subject }: CpIsRecord, valid: boolean): string {
  const { template, block } = subjectBlocks[subject.kind]
  const who = `<birthTime value="${subject.born}"/><name><given>${escaped(subject.given)}</given><family>${escaped(subject.family)}</family></name>`
  const inner =
    subject.kind === 'child'
      ? `${numbers(subject)}<childPerson>${who}</childPerson>`
      : `<parentMotherPerson>${who}<playedMother>${numbers(subject)}</playedMother></parentMotherPerson>`
  const tag = valid ? 'validCP-ISRecord' : 'invalidCP-ISRecord'
  return `<message><cP-ISLAAcknowledgementResponse><pertinentInformation1><${tag}><subject>${contentId(template, block)}<${template}.${block}>${inner}</${template}.${block}></subject></${tag}></pertinentInformation1></cP-ISLAAcknowledgementResponse></message>`
}

/** Somebody who looks. */
export interface Look {
  readonly id: string
  readonly at: Date
  readonly number: string
  readonly localId?: string | undefined
  readonly sequence: string
  readonly who: string
  readonly role: string
  readonly organisation: { readonly code: string; readonly name: string }
  readonly bySystem?: boolean | undefined
}

const recipient = (authority: { code: string; name: string }) =>
  `<primaryInformationRecipient>${contentId('COCT_TP145103GB01', 'IntendedRecipient')}<COCT_TP145103GB01.IntendedRecipient><representedSourceOrganization>${organisation(authority)}</representedSourceOrganization></COCT_TP145103GB01.IntendedRecipient></primaryInformationRecipient>`

/** Message 3: who looked, whom at, when; none is met in practice too. */
export function accessNotification(
  id: string,
  looks: readonly Look[],
  authority: { code: string; name: string },
  at: Date,
): string {
  return [
    open('CP-ISAccessToServiceNotification'),
    `<effectiveTime value="${momentText(at)}"/><id root="${id.toUpperCase()}"/>`,
    `<pertinentInformation><pertinentTotalReturnedRecords><value value="${looks.length}"/></pertinentTotalReturnedRecords></pertinentInformation>`,
    ...looks.map(
      (look) =>
        `<pertinentInformation1><pertinentCP-ISRecordAccess><pertinentInformation2><pertinentCP-ISNHSQuery><effectiveTime value="${momentText(look.at)}"/><id root="${look.id.toUpperCase()}"/>${author(look)}<queryByParameter><person.id><value root="${roots.nhsNumber}" extension="${look.number}"/>${look.localId ? `<value root="${roots.localId}" extension="${escaped(look.localId)}" assigningAuthorityName="${escaped(`${authority.code}:${authority.name.toUpperCase()}`)}"/>` : ''}</person.id></queryByParameter></pertinentCP-ISNHSQuery></pertinentInformation2><reference><referredToLAUploadFile><value extension="${look.sequence}"/></referredToLAUploadFile></reference></pertinentCP-ISRecordAccess></pertinentInformation1>`,
    ),
    recipient(authority),
    '</CP-ISAccessToServiceNotification>\n',
  ].join('\n')
}

function author({ who, role, organisation: at, bySystem }: Look): string {
  if (bySystem)
    return `<author>${contentId('COCT_TP145104GB01', 'System')}<COCT_TP145104GB01.System><id root="1.2.826.0.1285.0.2.0.107" extension="200000000002"/><maintainingOrganization>${organisation(at)}</maintainingOrganization></COCT_TP145104GB01.System></author>`
  const [given, ...family] = who.split(' ')
  return `<author>${contentId('COCT_TP145102GB01', 'AssignedAuthor')}<COCT_TP145102GB01.AssignedAuthor><code code="R0570" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.196" displayName="${escaped(role)}"/><id root="1.2.826.0.1285.0.2.0.65" extension="200000000001"/><assignedAuthorPerson><name><given>${escaped(given!)}</given><family>${escaped(family.join(' '))}</family></name></assignedAuthorPerson><representedOrganization>${organisation(at)}</representedOrganization></COCT_TP145102GB01.AssignedAuthor></author>`
}

/** Message 4: a number that is no longer used, and what replaced it. */
export function inactiveNotification(
  id: string,
  {
    number,
    localId,
    sequence,
    replacements,
  }: { number: string; localId?: string | undefined; sequence: string; replacements: readonly string[] },
  authority: { code: string; name: string },
  at: Date,
): string {
  const replaced =
    replacements.length > 0
      ? `<replacedBy><newVersion>${replacements.map((one) => `<id extension="${one}"/>`).join('')}</newVersion></replacedBy>`
      : ''
  return [
    open('CP-ISInactiveNHSNumberNotification'),
    `<effectiveTime value="${momentText(at)}"/><id root="${id.toUpperCase()}"/>`,
    recipient(authority),
    `<subject><pDSInactivePatient><id root="${roots.nhsNumber}" extension="${number}"/>${localId ? `<id root="${roots.localId}" extension="${escaped(localId)}"/>` : ''}${replaced}<subjectOf><lAUploadFile><value extension="${sequence}"/></lAUploadFile></subjectOf></pDSInactivePatient></subject>`,
    '</CP-ISInactiveNHSNumberNotification>\n',
  ].join('\n')
}
