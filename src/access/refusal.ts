import { type Refusal, refuse } from '../web/errors.ts'
import { paths } from './paths.ts'

/** Why a record did not open, as `access.decide` has it. */
export type WhyNot =
  /** There is no such person, or nobody may be told that there is. */
  | 'not-found'
  /** Restricted to named people; said only to roles that must match. */
  | 'restricted'
  | 'own-record'
  | 'relative'
  | 'declared-connection'
  /** It would open with a reason. */
  | 'reason-needed'
  | 'no-need'
  /** A record was brought across, and its restrictions have not been loaded. */
  | 'restrictions-awaited'

export interface Refused {
  readonly allowed: false
  readonly why: WhyNot
  /** Whether asking for emergency access may help. */
  readonly mayAskEmergency: boolean
}

const awaited =
  'A record is being brought across, and who in it is restricted has not been loaded. Until it has, only the migration team opens anything.'

const words: Record<WhyNot, { status: 403 | 404; title?: string; text: string }> = {
  'not-found': { status: 404, text: 'There is nothing at this address, or it is not open to you.' },
  restricted: {
    status: 403,
    title: 'A restricted record may exist',
    text: 'Ask the duty manager, who can say whether it is about the child you mean.',
  },
  'own-record': {
    status: 403,
    title: 'This is your own record',
    text: 'Nobody opens their own. You may ask for a copy as anyone may: speak to information governance.',
  },
  relative: {
    status: 403,
    title: 'This is a relative’s record',
    text: 'Nobody opens the record of their own family. If the work is yours to do, your manager decides.',
  },
  'declared-connection': {
    status: 403,
    title: 'You know this family',
    text: 'You have said so, and the record is closed to you until your manager has decided.',
  },
  'reason-needed': {
    status: 403,
    title: 'Say why first',
    text: 'Your role may open this record for a reason you give.',
  },
  'no-need': {
    status: 403,
    title: 'You do not work with this person',
    text: 'The record opens to those who work with the child. Ask the allocated worker or your manager.',
  },
  'restrictions-awaited': {
    status: 403,
    title: 'The record is not open yet',
    text: awaited,
  },
}

/** A refusal as a page says it. */
export function refusalOf({ why }: Pick<Refused, 'why'>): Refusal {
  const { status, title, text } = words[why]
  return refuse(status, text, title === undefined ? {} : { title })
}

/** States that the database's own functions raise, and what a person is told. */
const raised: Record<string, () => Refusal> = {
  CA001: () =>
    refuse(401, 'Your session has ended or is locked. Sign in, and you come back to where you were.'),
  CA002: () => refuse(403, 'This account is not open. Ask your administrator.'),
  CA004: () =>
    refuse(403, 'Prove once more who you are, then go on.', {
      title: 'It has been a while',
      next: { text: 'Prove it', href: paths.prove() },
    }),
  CA006: () => refuse(403, 'This is for whoever looks after accounts.'),
  CA007: () =>
    refuse(403, 'Nobody changes their own access. Ask another administrator.', { title: 'Not for oneself' }),
  CA040: () =>
    refuse(
      409,
      'It cannot be signed as it stands, or it is not yours to sign, or somebody acted on it meanwhile. Open it again.',
    ),
  CA042: () => refuse(403, 'Administrators and heads of service look after forms.'),
  CA043: () =>
    refuse(
      403,
      'A form is put in force by somebody who had no hand in it. Ask a colleague who looks after forms.',
      {
        title: 'A second person publishes',
      },
    ),
  CA021: () => refuse(403, awaited, { title: 'The record is not open yet' }),
  // Row security: nothing of the row is repeated.
  '42501': () =>
    refuse(403, 'This part of the record is not open to you for writing, or no longer: open it again.'),
}

/** The trail, or what it is written on, is not there. */
const trailFails = (error: { code?: string; table?: string; schema?: string }): boolean =>
  error.table === 'trail' || error.schema === 'audit' || /^(42P01|53|58|25006|XX)/.test(error.code ?? '')

/** As `inWords`, for what must be put on file before anything is shown: when that fails, nothing is shown. */
export async function onFile<T>(work: Promise<T>): Promise<T> {
  try {
    return await inWords(work)
  } catch (error) {
    if (!trailFails(error as { code?: string })) throw error
    // The log keeps the cause; the page does not.
    throw Object.assign(
      refuse(
        503,
        'It cannot be put on file just now who looked, so nothing is shown. What was saved is safe. Tell your administrator.',
        { title: 'The trail cannot be written' },
      ),
      { cause: error },
    )
  }
}

/** Turns what the database refused into words for people; any other error stays as it is. */
export async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const refusal = raised[(error as { code?: string } | null)?.code ?? '']
    throw refusal ? refusal() : error
  }
}
