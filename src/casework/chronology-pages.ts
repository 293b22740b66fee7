import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import { eventKinds } from '../events/kinds.ts'
import { happenings } from '../events/store.ts'
import { showPart } from '../people/record.ts'
import { chronologyYears, densityBars } from '../web/components/chronology.ts'
import { refuse } from '../web/errors.ts'
import { formatShortDate, parseDate } from '../web/words.ts'
import { areaWords, chronologyOf } from './chronology.ts'
import { paths } from './paths.ts'

const most = 500

/** One chronology of everything that happened to a child, by part of life and by dates; prints as it stands. */
export const chronologyPages: FastifyPluginAsync = async (app) => {
  app.get(paths.chronology.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.chronology.read(request)
    const query = request.query as Record<string, string | string[] | undefined>
    const areas = [query.area].flat().filter((one): one is string => one !== undefined && one in areaWords)
    const back = { text: 'Back to the chronology', href: paths.chronology({ person }) }
    const [from, to] = [dayIn(query.from, 'from', back), dayIn(query.to, 'to', back)]
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading the chronology',
        groups: [...new Set(eventKinds.map(({ group }) => group).filter((group) => group !== 'row'))].concat(
          'F03',
          'F27',
        ),
        heading: 'Chronology',
        template: 'casework/views/chronology.njk',
      },
      async ({ trx, opened, on }) => {
        const kinds = areas.length
          ? eventKinds.filter(({ area }) => areas.includes(area)).map(({ kind }) => kind)
          : undefined
        const last = to && to < on ? to : undefined
        const found = await happenings(trx, opened.people, { kinds, from, to: last, most: most + 1 })
        const shown = found.slice(0, most)
        const counts = new Map<string, number>()
        for (const { day } of shown) {
          const year = day.slice(0, 4)
          counts.set(year, (counts.get(year) ?? 0) + 1)
        }
        const names = await namesOf(
          trx,
          shown.map(({ recordedBy }) => recordedBy),
        )
        return {
          years: chronologyYears(chronologyOf(person, shown, names)),
          bars: densityBars(counts, (year) => `#year-${year}`),
          total: shown.length,
          more: found.length > most ? shown.at(-1)!.day : undefined,
          areas: Object.entries(areaWords).map(([value, text]) => ({ value, text })),
          chosenAreas: areas,
          from: from && formatShortDate(from),
          to: to && formatShortDate(to),
          filtered: areas.length > 0 || from !== undefined || to !== undefined,
          action: paths.chronology({ person }),
        }
      },
    )
  })
}

function dayIn(
  value: string | string[] | undefined,
  name: string,
  next: { text: string; href: string },
): string | undefined {
  const typed = [value].flat()[0]?.trim()
  if (!typed) return undefined
  const day = parseDate(typed)
  if (!day)
    throw refuse(400, `‘${typed.slice(0, 30)}’ (${name}) is no date. Write it like 23/11/2026`, {
      title: 'That day cannot be read',
      next,
    })
  return day
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
async function namesOf(trx: import('kysely').Kysely<any>, accounts: readonly (string | undefined)[]) {
  const wanted = [...new Set(accounts.filter((one) => one !== undefined))]
  if (wanted.length === 0) return new Map<string, string>()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from access.account where id = any (${wanted}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
