import { createRequire } from 'node:module'
import type { FieldsData } from '@kenjiuno/msgreader'
import { dayOf } from '../../web/words.ts'
import { type ReadEmail, wordsOfPage } from './e-mail.ts'
import { textOf } from './media-types.ts'
import { plainName } from './vault.ts'

// Its default export is found differently by Node and by the tests' runner; this way is the same for both.
const { default: MsgReader } = createRequire(import.meta.url)(
  '@kenjiuno/msgreader',
) as typeof import('@kenjiuno/msgreader')

/** Compound File Binary Format, in which Outlook saves a message (.msg). */
const cfb = Buffer.from('d0cf11e0a1b11ae1', 'hex')

export const isOutlookMessage = (bytes: Uint8Array): boolean => cfb.equals(bytes.subarray(0, cfb.length))

/** @returns undefined when it is no message that can be read */
export function readOutlookMessage(bytes: Uint8Array): ReadEmail | undefined {
  try {
    // What lies before the file in its buffer is not the reader's.
    const reader = new MsgReader(new Uint8Array(bytes).buffer)
    const mail = reader.getFileData()
    if (mail.dataType !== 'msg' || !(mail.subject || mail.senderName || mail.body)) return undefined
    const said = mail.clientSubmitTime ?? mail.messageDeliveryTime
    const sent = said && !Number.isNaN(Date.parse(said)) ? new Date(said) : undefined
    const recipients = (...types: (FieldsData['recipType'] | undefined)[]) =>
      (mail.recipients ?? []).filter((one) => types.includes(one.recipType)).map(addressed)
    return {
      subject: mail.subject?.trim() || undefined,
      from: addressed({
        ...mail,
        name: mail.senderName,
        smtpAddress: mail.senderSmtpAddress,
        email: mail.senderEmail,
      }),
      to: recipients('to', undefined),
      copied: recipients('cc'),
      sent,
      sentOn: sent && dayOf(sent),
      words: wordsOf(mail),
      attachments: (mail.attachments ?? [])
        .filter((one) => !one.attachmentHidden && !one.pidContentId)
        .map((one) => {
          const { fileName, content } = reader.getAttachment(one)
          return { fileName: plainName(fileName || one.name || 'attachment'), bytes: content }
        }),
    }
  } catch {
    return undefined
  }
}

const wordsOf = ({ body, bodyHtml, html }: FieldsData): string =>
  (body?.trim() || wordsOfPage(bodyHtml ?? (html ? textOf(Buffer.from(html)) : ''))).trim()

/** 'Jo Head <head@school.example>'; an address inside Exchange alone, which is no address to anybody else, is left out. */
function addressed({ name, smtpAddress, email }: Pick<FieldsData, 'name' | 'smtpAddress' | 'email'>): string {
  const address = smtpAddress ?? (email?.includes('@') ? email : undefined)
  return name && address && name !== address ? `${name} <${address}>` : (address ?? name ?? '')
}
