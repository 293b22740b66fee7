import type { EventEmitter } from 'node:events'
import pg from 'pg'

const holdsValues = [
  'detail',
  'where',
  'hint',
  'internalQuery',
  'internalPosition',
  'position',
  'dataType',
] as const

/**
 * Takes out of an error of PostgreSQL, in place, whatever can quote a row: detail, context, hint, and what stands after
 * the first quotation mark in messages about unreadable input. Code, table and constraint stay.
 */
export function stripRowContent(error: unknown): void {
  if (!(error instanceof pg.DatabaseError)) return
  for (const property of holdsValues) delete error[property]
  if (!/^2[12]/.test(error.code ?? '')) return
  const message = error.message.replace(/["'].*$/s, '"…"')
  if (error.stack) error.stack = error.stack.replace(error.message, () => message)
  error.message = message
}

/** A client whose errors are safe to log, whoever catches them and however they were asked for: stripped on arrival. */
export class CarefulClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // Not in the types: what the protocol's messages arrive at, before any query hears of them.
    const { connection } = this as unknown as { connection: EventEmitter }
    connection.prependListener('errorMessage', stripRowContent)
  }
}
