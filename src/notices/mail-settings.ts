import { CannotStart } from '../database/cannot-start.ts'

export interface MailSettings {
  /** Where the mail server is: smtp://user:password@host:port or smtps://. */
  readonly server: string
  readonly from: string
  /** Where people sign in. */
  readonly address: string
}

type Environment = Record<string, string | undefined>

/**
 * Reads the mail server; docs/operations.md lists the variables. Undefined where nobody has named one: digests wait, and the page
 * of administrators says so.
 * @throws CannotStart with one line
 */
export function mailSettings(env: Environment = process.env): MailSettings | undefined {
  const { CAIRN_SMTP_URL: server, CAIRN_MAIL_FROM: from, CAIRN_PUBLIC_URL: address } = env
  if (!server && !from) return undefined
  if (!server || !from || !address)
    throw new CannotStart(
      'CAIRN_SMTP_URL, CAIRN_MAIL_FROM and CAIRN_PUBLIC_URL belong together: an e-mail needs a server, a sender and the address it leads to.',
    )
  if (!/^smtps?:\/\/[^/\s]+$/.test(server.replace(/\/$/, '')))
    throw new CannotStart(
      'CAIRN_SMTP_URL is like smtp://user:password@mail.example:587 or smtps://mail.example:465.',
    )
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from)) throw new CannotStart('CAIRN_MAIL_FROM is one e-mail address.')
  return { server, from, address }
}

/** The server’s name, for a page: never the password in its address. */
export const serverName = ({ server }: MailSettings): string => new URL(server).host
