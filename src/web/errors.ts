/** Something the service will not do, in words for the person who asked. Throw what `refuse` makes. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly statusCode: number
  /** What they can do now. */
  readonly next: { text: string; href: string } | undefined
  readonly title: string | undefined

  constructor(
    statusCode: number,
    words: string,
    more: { title?: string; next?: { text: string; href: string } } = {},
  ) {
    super(words)
    this.statusCode = statusCode
    this.title = more.title
    this.next = more.next
  }
}

/**
 * `throw refuse(409, 'Somebody else changed this plan while you were writing', { next })`: shown as a page with these
 * words. 403: not for you; 404: is not there (or must not be known to be); 409: changed meanwhile.
 */
export const refuse = (
  statusCode: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503,
  words: string,
  more: { title?: string; next?: { text: string; href: string } } = {},
): Refusal => new Refusal(statusCode, words, more)

export const notFound = (words = 'There is nothing at this address'): Refusal => refuse(404, words)

interface PageWords {
  readonly title: string
  readonly text: string
}

/** What each status says when the code that raised it had no words of its own. */
const standard: Record<number, PageWords> = {
  400: {
    title: 'That did not arrive as it should',
    text: 'Something in the address or the form could not be read. Go back and try again.',
  },
  401: { title: 'Sign in first', text: 'You are signed out. Sign in, and you come back to where you were.' },
  403: { title: 'This is not open to you', text: 'Your account has no right to this page.' },
  404: {
    title: 'Page not found',
    text: 'There is nothing at this address, or it is not open to you. If you typed it, look for a slip; if a link brought you here, tell us the reference below.',
  },
  409: {
    title: 'Somebody else changed this',
    text: 'It changed while you were working on it. Open it again, look at what is new, and send yours again.',
  },
  413: { title: 'That is too large', text: 'The file or the text is larger than this page can take.' },
  422: { title: 'Some answers need another look', text: 'Go back, look at what is marked, and send again.' },
  429: {
    title: 'Too many requests',
    text: 'Your account or your network asked for a great many pages in a short time. Wait a minute, then go on.',
  },
  500: {
    title: 'Something went wrong here',
    text: 'It is our mistake, not yours, and it was noted. What was saved is safe. Try again; if it happens again, tell your administrator the reference below.',
  },
  503: {
    title: 'The service is not available just now',
    text: 'It is starting, or its database cannot be reached. What was saved is safe. Try again in a minute.',
  },
}

export interface ErrorForPeople {
  readonly statusCode: number
  readonly title: string
  readonly text: string
  readonly next?: { text: string; href: string } | undefined
}

interface LooksLikeDatabaseError {
  code: string
  severity: string
}

/** An error that PostgreSQL sent: a five-character state and a severity. */
const isDatabaseError = (error: unknown): error is LooksLikeDatabaseError =>
  typeof error === 'object' &&
  error !== null &&
  /^[0-9A-Z]{5}$/.test(String((error as LooksLikeDatabaseError).code)) &&
  typeof (error as LooksLikeDatabaseError).severity === 'string'

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ETIMEDOUT', 'EPIPE'])

/** The status an error stands for. Nothing of a database error's words is looked at: they can hold a person's data. */
export function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.statusCode
  if (isDatabaseError(error)) {
    if (error.code === '40001' || error.code === '40P01') return 409
    // A text that is no id or date, in an address.
    if (error.code === '22P02') return 404
    if (/^(08|53)|^57P0[123]$|^25006$/.test(error.code)) return 503
    return 500
  }
  const { statusCode, code, message } = (error ?? {}) as {
    statusCode?: unknown
    code?: unknown
    message?: unknown
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600) return statusCode
  if (typeof code === 'string' && unreachable.has(code)) return 503
  if (
    message === 'timeout exceeded when trying to connect' ||
    message === 'Connection terminated unexpectedly'
  ) {
    return 503
  }
  return 500
}

/** What a page says about an error: our own words, never the error's, unless it is a Refusal. */
export function forPeople(error: unknown): ErrorForPeople {
  const status = statusOf(error)
  const words =
    standard[status] ??
    (status >= 500 ? standard[500]! : { ...standard[400]!, title: 'That could not be done' })
  if (error instanceof Refusal) {
    return { statusCode: status, title: error.title ?? words.title, text: error.message, next: error.next }
  }
  const { code } = (error ?? {}) as { code?: unknown }
  if (typeof code === 'string' && code.startsWith('FST_CSRF')) {
    return {
      statusCode: 403,
      title: 'This form was open too long',
      text: 'For safety a form can only be sent from the page and the session it was made in. Go back, open the page again, and send it once more; what was saved as a draft is still there.',
    }
  }
  return { statusCode: status, ...words }
}

/**
 * What the log keeps of an error: its kind and where in our code it arose. Never its message, detail or context: a
 * message can quote a name or a row. Only where everybody is invented may it say what the programmer needs to read.
 */
export function forTheLog(error: unknown, invented = false): Record<string, unknown> {
  if (isDatabaseError(error)) {
    const { code, routine, schema, table, constraint } = error as unknown as Record<string, unknown>
    return { kind: 'database', code, routine, schema, table, constraint, where: whereIn(error) }
  }
  const { name, code, statusCode, cause } = (error ?? {}) as Record<string, unknown>
  const message = invented ? { message: (error as Error | null)?.message } : {}
  return {
    kind: typeof name === 'string' ? name : typeof error,
    code,
    statusCode,
    ...message,
    where: whereIn(error),
    ...(cause === undefined ? {} : { cause: forTheLog(cause, invented) }),
  }
}

/** The places in the stack, without the message above them. */
function whereIn(error: unknown): string[] {
  const stack = (error as { stack?: unknown } | null)?.stack
  if (typeof stack !== 'string') return []
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim().replace(/file:\/\/\S*?\/(src|node_modules|e2e)\//, '$1/'))
}
