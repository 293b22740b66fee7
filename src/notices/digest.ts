import { formatNumber } from '../web/words.ts'

export interface Mail {
  readonly kind: 'digest' | 'trial'
  readonly unread: number
  readonly children: number
}

const many = (count: number, one: string, more: string) =>
  `${formatNumber(count)} ${count === 1 ? one : more}`

/** An e-mail’s words: figures and where to sign in. Nobody is named, and nothing of a record is said. */
export function mailWords(
  { kind, unread, children }: Mail,
  service: string,
  address: string,
): { subject: string; text: string } {
  if (kind === 'trial')
    return {
      subject: `${service}: the mail server works`,
      text: `An administrator asked ${service} to send this message, and here it is.\n`,
    }
  return {
    subject: `${service}: ${many(unread, 'thing', 'things')} for you`,
    text: [
      `${many(unread, 'thing waits', 'things wait')} for you in ${service}${children > 0 ? `, about ${many(children, 'child', 'children')}` : ''}.`,
      '',
      `Sign in to read ${unread === 1 ? 'it' : 'them'}: ${address}`,
      '',
      'This is the only e-mail today. You chose its hour, and can end it, under For you.',
      '',
    ].join('\n'),
  }
}
