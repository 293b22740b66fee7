import { convert } from 'html-to-text'
import PostalMime, { type Address } from 'postal-mime'
import { type Day, dayOf } from '../../web/words.ts'
import { isOutlookMessage, readOutlookMessage } from './outlook-message.ts'
import { plainName } from './vault.ts'

/** An e-mail as a person reads it. */
export interface ReadEmail {
  readonly subject: string | undefined
  readonly from: string | undefined
  readonly to: readonly string[]
  readonly copied: readonly string[]
  readonly sent: Date | undefined
  readonly sentOn: Day | undefined
  /** Its words, without marks; of an e-mail that was a page, the words of the page. */
  readonly words: string
  readonly attachments: readonly { readonly fileName: string; readonly bytes: Uint8Array }[]
}

const addressed = (one: Address): string[] =>
  one.group
    ? one.group.flatMap(addressed)
    : [one.name ? (one.address ? `${one.name} <${one.address}>` : one.name) : (one.address ?? '')]

/** The words of a page; its pictures and the addresses behind its links are left out. */
export const wordsOfPage = (html: string): string =>
  convert(html, {
    wordwrap: false,
    limits: { maxInputLength: 2_000_000, maxDepth: 60 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { ignoreHref: true } },
    ],
  })

/**
 * Reads an e-mail file (.eml, RFC 5322; .msg as Outlook saves it). Pictures that belong to its layout are no attachments; e-mails attached to it are.
 * @returns undefined when it is none
 */
export async function readEmail(bytes: Uint8Array): Promise<ReadEmail | undefined> {
  if (isOutlookMessage(bytes)) return readOutlookMessage(bytes)
  const mail = await PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    attachmentEncoding: 'arraybuffer',
  }).catch(() => undefined)
  if (!mail || !(mail.from || mail.subject || mail.date)) return undefined
  const sent = mail.date && !Number.isNaN(Date.parse(mail.date)) ? new Date(mail.date) : undefined
  return {
    subject: mail.subject?.trim() || undefined,
    from: mail.from ? addressed(mail.from)[0] : undefined,
    to: (mail.to ?? []).flatMap(addressed),
    copied: (mail.cc ?? []).flatMap(addressed),
    sent,
    sentOn: sent && dayOf(sent),
    words: (mail.text?.trim() || wordsOfPage(mail.html ?? '')).trim(),
    attachments: mail.attachments
      .filter(({ related }) => !related)
      .map(({ filename, mimeType, content }) => ({
        fileName: plainName(filename ?? (mimeType === 'message/rfc822' ? 'e-mail.eml' : 'attachment')),
        bytes: new Uint8Array(content as ArrayBuffer),
      })),
  }
}
