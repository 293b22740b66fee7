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
 * Takes out of an error of PostgreSQL whatever can quote a row: detail, context, hint, and the quoted value in
 * messages about unreadable input. Code, table and constraint stay.
 */
export function withoutRowContent(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  for (const property of holdsValues) delete error[property]
  if (/^2[12]/.test(error.code ?? '')) {
    const message = error.message.replace(/"[^"]*"?|'[^']*'?/gs, '"…"')
    if (error.stack) error.stack = error.stack.replace(error.message, () => message)
    error.message = message
  }
  return error
}

type Callback = (error: unknown, ...rest: unknown[]) => void

/** A client whose errors are safe to log, whoever catches them and however they were asked for. */
export class CarefulClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's own overloads, passed through
  override query(...args: any[]): any {
    const last = args.at(-1)
    if (typeof last === 'function') {
      args[args.length - 1] = careful(last)
    } else if (typeof args[0]?.callback === 'function' && typeof args[0].submit !== 'function') {
      args[0] = { ...args[0], callback: careful(args[0].callback) }
    }
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const answer = (super.query as any)(...args)
    if (typeof answer?.then !== 'function') return answer
    return answer.catch((error: unknown) => {
      throw withoutRowContent(error)
    })
  }
}

function careful(callback: Callback): Callback {
  return (error, ...rest) => callback(withoutRowContent(error), ...rest)
}
