import type { FastifyPluginAsync } from 'fastify'
import { notFound } from '../web/errors.ts'
import { columnName, tableName, valueWords } from './fact-words.ts'
import { type Column, namesIn, subjectColumn, type Version, versionsOf } from './facts-store.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What stood before: every state of one fact, with the moment and the source of each. */
export const factPages: FastifyPluginAsync = async (app) => {
  app.get(paths.fact.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person, table, fact } = paths.fact.read(request)
    if (!/^[a-z_0-9]{1,63}$/.test(table) || !uuid.test(fact)) throw notFound()
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading what stood before in the record',
        groups: allGroups,
        heading: 'What stood before',
        template: 'people/views/fact.njk',
      },
      async ({ trx, opened }) => {
        const subject = await subjectColumn(trx, table)
        if (!subject) throw notFound()
        const found = await versionsOf(trx, { table, subject, people: opened.people, fact })
        if (found.versions.length === 0) throw notFound()
        const names = await namesIn(trx, found)
        return { what: tableName(table), versions: statesOf(table, found.columns, found.versions, names) }
      },
    )
  })
}

/** Which groups a fact needs is known only when it is read: all that the reader may have are opened. */
const allGroups = Array.from({ length: 36 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`)

/** Columns that say the same as another, or that only the program reads. */
const hidden = new Set(['import_run_id', 'recorded_by', 'field_group', 'replaced_at', 'id', 'person_id'])

function statesOf(
  table: string,
  columns: readonly Column[],
  versions: readonly Version[],
  names: ReadonlyMap<string, string>,
) {
  const shown = columns.filter(({ name }) => !hidden.has(name))
  return versions.map((version, index) => {
    const before = versions[index + 1]
    return {
      from: version.from,
      to: version.to,
      source: version.place ?? version.by ?? 'Not on record',
      facts: shown
        .map((column) => ({
          key: columnName(column.name),
          value: column.names
            ? (names.get(String(version.values[column.name])) ?? '')
            : valueWords(table, column, version.values[column.name]),
          changed: before !== undefined && !same(version.values[column.name], before.values[column.name]),
        }))
        .filter(({ value, changed }) => value !== '' || changed)
        .map(({ key, value, changed }) => ({
          key,
          value: value || 'Nothing',
          more: changed ? 'changed here' : '',
        })),
    }
  })
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
