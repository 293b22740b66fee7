import type { Transaction } from 'kysely'
import type { Role, Session } from './session.ts'

/**
 * What an area has for somebody's day: a line on My work that leads to a page of its own. With a count it is shown while there is something,
 * without one always.
 */
export interface DayPart {
  readonly text: string
  readonly href: string
  /** Shown to these roles; to everyone when absent. */
  readonly roles?: readonly Role[]
  /** How much there is, within the transaction that reads the page of the day: a figure, never a name. */
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  readonly count?: (trx: Transaction<any>, session: Session, now: Date) => Promise<number>
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What every area has for somebody's day, in the order of the areas. */
    dayParts: readonly DayPart[]
  }
}

/** The lines that this person's day has now. */
export async function dayOfSomebody(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Transaction<any>,
  parts: readonly DayPart[],
  session: Session,
  now: Date,
): Promise<{ text: string; href: string; count: number | undefined }[]> {
  const lines = []
  for (const { text, href, roles, count } of parts) {
    if (roles && !roles.some((role) => session.roles.includes(role))) continue
    const found = await count?.(trx, session, now)
    if (found !== 0) lines.push({ text, href, count: found })
  }
  return lines
}
