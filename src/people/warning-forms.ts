import type { FastifyInstance } from 'fastify'
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { choice, id, optionalChoice, optionalDay, optionalText, text, tick } from '../web/form.ts'
import { addDays, type Day, formatShortDate } from '../web/words.ts'
import { codesOf, dayValues, type FactContext, factForm, optionsOf } from './fact-form.ts'
import { originCodes, originFields, originRow, originValues, textValues } from './origins.ts'
import { paths } from './paths.ts'
import { evidenceStatuses, hazardKinds, riskKinds } from './warnings.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>
type Row = Readonly<Record<string, unknown>>

/** A warning is looked at again within twelve months (practice 13.1, WRN-01). */
const longest = 366

/** Who answers for a warning, whether whom it is about knows, when it is looked at again, how it ends. */
const standing = {
  owner_id: id('Choose who answers for this warning'),
  agreed_by: optionalText(120),
  agreed_on: optionalDay({ notAfterToday: 'It cannot have been agreed on a day to come' }),
  aware: optionalChoice(['yes', 'no']),
  aware_words: optionalText(500),
  from_day: optionalDay({ notAfterToday: 'A warning holds from today or from an earlier day' }),
  review_on: optionalDay(),
  reviewed_on: optionalDay({ notAfterToday: 'It cannot have been looked at on a day to come' }),
  to_day: optionalDay({ notAfterToday: 'Say that it ended when it has' }),
  end_words: optionalText(500),
  ...originFields,
}

const hazard = z.object({
  kind: choice(codesOf(hazardKinds), 'Choose what kind of warning it is'),
  words: text('Say in a line what whoever visits has to know', 200),
  at_address: tick(),
  evidence: text('Say what it rests on', 2000),
  ...standing,
})
const risk = z.object({
  kind: choice(codesOf(riskKinds), 'Choose what harm is feared'),
  called: text('Say what they are called', 120),
  words: text('Say what those who work with children near them have to know and do', 1000),
  ...standing,
})
const evidence = z.object({
  risk_id: id('Choose which warning it belongs to'),
  status: choice(codesOf(evidenceStatuses), 'Choose how far it has come'),
  words: text('Say what happened, or what was said', 2000),
  said_on: optionalDay({ notAfterToday: 'It cannot be from a day to come' }),
  ...originFields,
  origin: choice(originCodes, 'Choose who told it'),
})

type Standing = z.output<z.ZodObject<typeof standing>>

function standingRow(value: Standing, today: Day) {
  return {
    owner_id: value.owner_id,
    agreed_by: value.agreed_by ?? null,
    agreed_on: value.agreed_on ?? null,
    aware: value.aware === undefined ? null : value.aware === 'yes',
    aware_words: value.aware_words ?? null,
    from_day: value.from_day ?? today,
    review_on: value.review_on ?? null,
    reviewed_on: value.reviewed_on ?? null,
    to_day: value.to_day ?? null,
    end_words: value.end_words ?? null,
    ...originRow(value),
  }
}

const standingValues = (row: Row) => ({
  ...textValues(row, 'owner_id', 'agreed_by', 'aware_words', 'end_words'),
  ...dayValues(row, 'agreed_on', 'from_day', 'review_on', 'reviewed_on', 'to_day'),
  aware: row.aware === null ? '' : row.aware ? 'yes' : 'no',
  ...originValues(row),
})

/** What is wrong with how a warning stands: by field, in words. */
export function wrongStanding(
  value: Pick<
    Standing,
    'from_day' | 'review_on' | 'to_day' | 'end_words' | 'aware' | 'aware_words' | 'agreed_by'
  >,
  today: Day,
): Record<string, string> {
  const { from_day = today, review_on, to_day, end_words, aware, aware_words, agreed_by } = value
  const wrong: Record<string, string> = {}
  if (!agreed_by) wrong.agreed_by = 'Say which manager agreed to it'
  if (aware === undefined) wrong.aware = 'Say whether whom it is about knows of it'
  else if (!aware_words) wrong.aware_words = 'Say how and when they were told, or why they were not'
  if (to_day) {
    if (to_day < from_day) wrong.to_day = 'It ends before it begins'
    if (!end_words) wrong.end_words = 'Say why it ends'
    return wrong
  }
  if (!review_on) wrong.review_on = 'Say when it is looked at again'
  else if (review_on > addDays(today, longest))
    wrong.review_on = 'A warning is looked at again within twelve months'
  return wrong
}

/** Who may answer for a warning: whoever works with the person, oneself, and who did until now. */
async function owners({ trx, people, account, row }: FactContext<undefined>) {
  const { rows } = await sql<{ value: string; text: string }>`
    select a.id as value, a.display_name as text from access.account a
     where a.id = any (${[account, (row?.owner_id as string) ?? account]}::uuid[])
        or a.id in (select i.account_id from involvement i where i.person_id = any (${[...people]}::uuid[])
                       and (i.to_day is null or i.to_day > current_date))
     order by a.display_name`.execute(trx)
  return rows
}

const blankStanding = ({ account, today }: FactContext<undefined>) => ({
  owner_id: account,
  from_day: formatShortDate(today),
  review_on: formatShortDate(addDays(today, 182)),
})

async function firstName(trx: Trx, people: readonly string[]): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select full_name as name from person_name where person_id = any (${[...people]}::uuid[]) and field_group = 'F01' limit 1`.execute(
    trx,
  )
  return rows[0]?.name ?? ''
}

/** Pages to add, correct, renew and end warnings, and what they rest on. */
export function warningForms(app: FastifyInstance): void {
  const done = (person: string) => paths.warnings({ person })

  factForm(app, {
    table: 'hazard',
    group: 'F24',
    also: ['F26'],
    add: paths.hazardAdd,
    change: paths.hazard,
    done,
    template: 'people/views/hazard.njk',
    headings: { add: 'Add a warning', change: 'Look again at a warning' },
    schema: hazard,
    blank: blankStanding,
    valuesOf: (row) => ({
      ...textValues(row, 'kind', 'words', 'evidence'),
      at_address: row.at_address ? 'yes' : '',
      ...standingValues(row),
    }),
    data: async (context) => ({ kinds: optionsOf(hazardKinds), owners: await owners(context) }),
    wrong: async (value, { today }) => wrongStanding(value, today),
    rowOf: (value, { today }) => ({
      kind: value.kind,
      words: value.words,
      at_address: value.at_address,
      evidence: value.evidence,
      ...standingRow(value, today),
    }),
  })

  factForm(app, {
    table: 'risk_posed',
    group: 'F24',
    also: ['F26'],
    add: paths.riskAdd,
    change: paths.risk,
    done,
    template: 'people/views/risk.njk',
    headings: { add: 'May pose a risk to children', change: 'Look again at a possible risk' },
    schema: risk,
    blank: async (context) => ({
      ...blankStanding(context),
      called: await firstName(context.trx, context.people),
    }),
    valuesOf: (row) => ({ ...textValues(row, 'kind', 'called', 'words'), ...standingValues(row) }),
    data: async (context) => ({
      kinds: optionsOf(riskKinds),
      owners: await owners(context),
    }),
    wrong: async (value, { today }) => wrongStanding(value, today),
    rowOf: (value, { today }) => {
      const { review_on, ...row } = standingRow(value, today)
      // An ended warning keeps the day on which it would have been looked at.
      return {
        kind: value.kind,
        called: value.called,
        words: value.words,
        ...row,
        review_on: review_on ?? row.to_day,
      }
    },
  })

  factForm(app, {
    table: 'risk_evidence',
    group: 'F19',
    also: ['F24'],
    add: paths.evidenceAdd,
    change: paths.evidence,
    done,
    template: 'people/views/risk-evidence.njk',
    headings: { add: 'What a warning rests on', change: 'Correct what a warning rests on' },
    schema: evidence,
    blank: () => ({}),
    valuesOf: (row) => ({
      ...textValues(row, 'risk_id', 'status', 'words'),
      ...dayValues(row, 'said_on'),
      ...originValues(row),
    }),
    data: async (context) => ({ statuses: optionsOf(evidenceStatuses), risks: await risksOf(context) }),
    async wrong({ risk_id }, context): Promise<Record<string, string>> {
      const known = (await risksOf(context)).some(({ value }) => value === risk_id)
      return known ? {} : { risk_id: 'Choose which warning it belongs to' }
    },
    rowOf: (value) => ({
      risk_id: value.risk_id,
      status: value.status,
      words: value.words,
      said_on: value.said_on ?? null,
      ...originRow(value),
    }),
  })
}

/** The warnings of this person, for the form of what one rests on. */
async function risksOf({ trx, people }: Pick<FactContext<undefined>, 'trx' | 'people'>) {
  const { rows } = await sql<{ id: string; kind: keyof typeof riskKinds; since: Day }>`
    select id, kind, from_day as since from risk_posed where person_id = any (${[...people]}::uuid[]) order by from_day desc`.execute(
    trx,
  )
  return rows.map(({ id: value, kind, since }) => ({
    value,
    text: `${riskKinds[kind]}, since ${formatShortDate(since)}`,
  }))
}
