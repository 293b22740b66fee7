import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import { calledOf } from '../people/model.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { showPart } from '../people/record.ts'
import { chronologyYears, densityBars } from '../web/components/chronology.ts'
import { formatShortDate } from '../web/words.ts'
import { areaWords } from './chronology.ts'
import { type Entry, purposes } from './chronology-curating.ts'
import { chronologyGroups, filtersOf, gather, openSiblings, queryOf, views } from './chronology-gathering.ts'
import { snapshotsOf } from './chronology-store.ts'
import { paths } from './paths.ts'

const most = 500

/** The chronology of a child, alone or with sisters and brothers: everything, or as a worker curates it for others. */
export const chronologyPages: FastifyPluginAsync = async (app) => {
  app.get(paths.chronology.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.chronology.read(request)
    const action = paths.chronology({ person })
    const filters = filtersOf(request, action)
    let family: Awaited<ReturnType<typeof openSiblings>> = { siblings: [], open: [] }
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading the chronology',
        groups: chronologyGroups,
        heading: 'Chronology',
        template: 'casework/views/chronology.njk',
        before: async (opened, knownAt) => {
          if (!knownAt && opened.groups.includes('F07'))
            family = await openSiblings(request, opened, filters.also, 'reading the chronology of a family')
        },
      },
      async ({ trx, opened, identity, on, knownAt }) => {
        const whose = [
          { id: person, name: calledOf(identity), people: opened.people },
          ...family.open.map(({ id, name, opened: other }) => ({ id, name, people: other.people })),
        ]
        const { entries, leftOut, more } = await gather(trx, whose, filters, { on, most })
        const counts = new Map<string, number>()
        for (const { day } of entries) counts.set(day.slice(0, 4), (counts.get(day.slice(0, 4)) ?? 0) + 1)
        const names = await namesOf(
          trx,
          entries.map(({ happening }) => happening.recordedBy),
        )
        const writes = opened.level === 'full' && !knownAt
        return {
          years: chronologyYears(
            entries.map((entry) => itemOf(entry, { names, several: whose.length > 1, writes })),
          ),
          bars: densityBars(counts, (year) => `#year-${year}`),
          total: entries.length,
          leftOut: filters.view === 'all' ? 0 : leftOut,
          more,
          areas: Object.entries(areaWords).map(([value, text]) => ({ value, text })),
          views: Object.entries(views).map(([value, text]) => ({ value, text })),
          siblings: family.siblings.map(({ id, name }) => ({ value: id, text: name })),
          chosen: filters,
          from: filters.from && formatShortDate(filters.from),
          to: filters.to && formatShortDate(filters.to),
          filtered:
            filters.areas.length > 0 ||
            filters.from !== undefined ||
            filters.to !== undefined ||
            filters.view !== 'all',
          snapshots: (await snapshotsOf(trx, opened.people)).map((one) => ({
            ...one,
            for: purposes[one.purpose],
            href: paths.document({ person, document: one.document }),
          })),
          action,
          files: (['pdf', 'docx'] as const).map((form) =>
            paths.chronologyFile({ person }, { ...queryOf(filters), form }),
          ),
          keepHref: writes ? paths.chronologyKeep({ person }, queryOf(filters)) : undefined,
        }
      },
    )
  })
}

/** An entry as the page shows it, with what can be said of it. */
function itemOf(
  entry: Entry,
  { names, several, writes }: { names: ReadonlyMap<string, string>; several: boolean; writes: boolean },
) {
  const { happening } = entry
  const [first] = entry.of
  return {
    day: entry.day,
    moment: entry.moment,
    title: entry.words,
    kind: entry.area,
    significant: entry.significant,
    by: happening.recordedBy ? names.get(happening.recordedBy) : undefined,
    source: happening.importPlace,
    recordedAt: happening.recordedAt,
    historyHref: peoplePaths.fact({
      person: first!.child,
      table: happening.kind.table,
      fact: happening.factId,
    }),
    who: several ? entry.of.map(({ name }) => name) : [],
    impact: entry.impact,
    told: entry.told,
    leftOut: entry.leftOut?.byHand ? entry.leftOut.because : undefined,
    marks: writes
      ? entry.of.map(({ child, name, event }) => ({
          name: entry.of.length > 1 ? name : undefined,
          href: paths.chronologyMark({ person: child, event }),
        }))
      : [],
  }
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
async function namesOf(trx: import('kysely').Kysely<any>, accounts: readonly (string | undefined)[]) {
  const wanted = [...new Set(accounts.filter((one) => one !== undefined))]
  if (wanted.length === 0) return new Map<string, string>()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from access.account where id = any (${wanted}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
