import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CannotStart } from '../../database/cannot-start.ts'

/**
 * Everything about the exchange that an authority is given when it joins CP-IS, or that no published source says for
 * certain. What is marked unverified is confirmed with NHS England before going live (docs/cp-is.md lists the questions).
 */
const shape = z.strictObject({
  /** Where MESH answers, https. */
  url: z.url({ protocol: /^https$/ }),
  mailbox: z.string().regex(/^[A-Z0-9]{3,20}$/, 'a mailbox is capital letters and digits'),
  password: z.string().min(1),
  /** The environment’s shared key of the authorization header. */
  sharedKey: z.string().min(1),
  /** Files of this authority’s client certificate, its key, and the authorities whose server certificates are believed. */
  certificate: z.string(),
  key: z.string(),
  authorities: z.string(),

  /** Unverified: the mailbox of CP-IS and the workflow ids of its four exchanges, given when an authority joins. */
  to: z.string().min(1),
  workflows: z.strictObject({
    upload: z.string().min(1),
    answer: z.string().min(1),
    access: z.string().min(1),
    inactive: z.string().min(1),
  }),

  /** The authority as CP-IS knows it, and the numbers that health staff ring. */
  odsCode: z.string().regex(/^[A-Z0-9]{3,10}$/),
  name: z.string().min(1),
  officeHours: z.string().regex(/^\+?\d+$/, 'digits only, without spaces'),
  emergencyDuty: z
    .string()
    .regex(/^\+?\d+$/, 'digits only, without spaces')
    .optional(),

  /** The number before the first file’s: a system that replaces another goes on from its last. */
  lastSequence: z.int().min(0).default(0),
  /** Seconds between looks at the mailbox: NHS England allows one in five minutes, faster only while it is being emptied. */
  pollSeconds: z.number().min(0).default(300),
  /** Unverified: how many records a file may have. */
  recordsPerFile: z.int().min(1).max(5000).default(500),
  /** A file without an answer is overdue after so many hours: what it told is told again. */
  overdueHours: z.number().positive().default(12),
  /** Unverified: whether a number that nobody traced may be sent (CP-IS checks it, and answers). */
  sendUntraced: z.boolean().default(false),
  /** Unverified: what a changed start date needs: that the old one is deleted first, or just the new one. */
  changedStart: z.enum(['delete-then-add', 'resend']).default('delete-then-add'),
  /** Unverified: how many days after the expected birth the plan of an unborn child is said to end. */
  daysAfterExpectedBirth: z.int().min(0).default(28),
  /** Unverified: whether files may be compressed. */
  compress: z.boolean().default(false),
  /** A legal status outside this list does not make a child one whom the NHS is told of. Unverified: short breaks. */
  statusesNotTold: z.array(z.string()).default(['V3', 'V4']),
  /** Unverified: the second codes of CPR07. What is not in it needs a person. */
  details: z
    .record(
      z.string(),
      z.strictObject({ says: z.string(), kind: z.enum(['person', 'adult', 'year-old-end']) }),
    )
    .default({}),
  /** Milliseconds that a request may take. */
  patience: z.int().positive().default(30_000),
  /** The stand-in’s own switchboard; never there where the NHS is real. */
  standIn: z.string().optional(),
})

export type CpIsSettings = z.infer<typeof shape>
export type CpIsSettingsGiven = z.input<typeof shape>

/**
 * Reads the settings from the file that CAIRN_CPIS names.
 * @returns undefined where CP-IS is not used
 * @throws CannotStart with one line that names the setting
 */
export function cpIsSettings(
  env: Record<string, string | undefined> = process.env,
): CpIsSettings | undefined {
  const file = env.CAIRN_CPIS
  if (!file) return undefined
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    // A demonstration’s stand-in writes it when it answers.
    if (env.NODE_ENV !== 'production' && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new CannotStart(`CAIRN_CPIS names a file that cannot be read: ${file}`)
  }
  return parseSettings(text, file)
}

/** As `cpIsSettings`, of the text of a file. */
export function parseSettings(text: string, file: string): CpIsSettings {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new CannotStart(`The settings of CP-IS in ${file} are not JSON.`)
  }
  const parsed = shape.safeParse(given)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  // The value may be a secret: it is not repeated.
  throw new CannotStart(`The settings of CP-IS in ${file}: ${path.join('.') || 'the file'}: ${message}`)
}
