import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { choice, optionalChoice, optionalDay, optionalText } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { formatShortDate } from '../web/words.ts'
import { codesOf, dayValues, factForm, optionsOf } from './fact-form.ts'
import { factsOf } from './facts-store.ts'
import { originFields, originRow, originSaid, originValues, textValues } from './origins.ts'
import { paths } from './paths.ts'
import { type OpenPart, showPart } from './record.ts'
import { relationTo } from './relation-words.ts'
import { calledIn, openFamily, openOf, relativesNamed, type Sight } from './relatives.ts'
import { familyOf, holdersOf, type Known } from './responsibility-pages.ts'
import { changeColumn, factTable } from './sources.ts'
import { type Answer, deciders, whoMay } from './who-may.ts'

const contacts = {
  yes: 'Yes',
  supervised: 'Only supervised',
  indirect: 'Only letters and calls',
  no: 'No',
} as const
const collects = { yes: 'Yes', ask: 'Ask each time', no: 'No' } as const
const addresses = { yes: 'Yes', no: 'No' } as const

const schema = z
  .object({
    other: optionalText(36),
    other_name: optionalText(120),
    contact: optionalChoice(codesOf(contacts)),
    collect: optionalChoice(codesOf(collects)),
    address: optionalChoice(codesOf(addresses)),
    decided_by: choice(codesOf(deciders), 'Choose who decided it'),
    words: optionalText(1000),
    from_day: optionalDay(),
    to_day: optionalDay(),
    ...originFields,
  })
  .refine(({ other, other_name }) => other || other_name, {
    message: 'Choose who it is about, or write their name',
    path: ['other'],
  })
  .refine(({ contact, collect, address }) => contact ?? collect ?? address, {
    message: 'Say at least one of the three: see, fetch, or know where the child lives',
    path: ['contact'],
  })
  .refine(({ from_day, to_day }) => !from_day || !to_day || from_day <= to_day, {
    message: 'It ends before it begins',
    path: ['to_day'],
  })

/** Who may know where a child lives, see the child and fetch the child, and what that rests on. */
export const whoMayPages: FastifyPluginAsync = async (app) => {
  app.get(paths.whoMay.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.whoMay.read(request)
    let sights = new Map<string, Sight>()
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading who may see, fetch or find a child',
        groups: ['F07', 'F24'],
        heading: 'Who may see, fetch or find them',
        template: 'people/views/who-may.njk',
        before: async ({ people, groups }, knownAt) => {
          if (!groups.includes('F07')) return
          const asked = { knownAt: knownAt?.moment, correlation: request.id }
          sights = await openFamily(app.deps.db, sessionOf(request), people, asked)
        },
      },
      (part) => whoMayPart(person, part, sights),
    )
  })

  factForm<typeof schema, Known>(app, {
    table: 'contact_arrangement',
    group: 'F07',
    add: paths.arrangementAdd,
    change: paths.arrangement,
    done: (person) => paths.whoMay({ person }),
    template: 'people/views/arrangement.njk',
    headings: {
      add: 'Decide who may see, fetch or find them',
      change: 'Change who may see, fetch or find them',
    },
    schema,
    prepare: familyOf,
    blank: ({ request, today }) => ({
      other: String((request.query as { other?: string }).other ?? ''),
      from_day: formatShortDate(today),
    }),
    valuesOf: (row) => ({
      other: String(row.other_person_id ?? ''),
      ...textValues(row, 'other_name', 'contact', 'collect', 'address', 'decided_by', 'words'),
      ...dayValues(row, 'from_day', 'to_day'),
      ...originValues(row),
    }),
    data: async (context) => ({
      others: await holdersOf(context),
      contacts: optionsOf(contacts),
      collects: optionsOf(collects),
      addresses: optionsOf(addresses),
      deciders: optionsOf(deciders),
    }),
    async wrong({ other }, context): Promise<Record<string, string>> {
      if (!other || other === context.row?.other_person_id) return {}
      const known = (await holdersOf(context)).some(({ value }) => value === other)
      return known ? {} : { other: 'Choose somebody of the list' }
    },
    async rowOf(value, context) {
      const chosen = (await holdersOf(context)).find((one) => one.value === value.other)
      return {
        other_person_id: value.other ?? null,
        other_name: chosen?.name ?? value.other_name ?? context.row?.other_name,
        contact: value.contact ?? null,
        collect: value.collect ?? null,
        address: value.address ?? null,
        decided_by: value.decided_by,
        words: value.words ?? null,
        from_day: value.from_day ?? context.today,
        to_day: value.to_day ?? null,
        ...originRow(value),
      }
    },
  })
}

const mays = { yes: 'Yes', no: 'No', ask: 'Ask' } as const
const answerCell = ({ may, because }: Answer) => ({ text: mays[may], sub: because, value: may })

async function whoMayPart(person: string, part: OpenPart, sights: ReadonlyMap<string, Sight>) {
  const { trx, opened, on, knownAt } = part
  const named = await relativesNamed(trx, openOf(sights))
  const { kept, people } = await whoMay(trx, opened.people, on)
  const writes = opened.level === 'full' && !knownAt
  const arrangements = await factsOf<Record<string, string | null>>(
    trx,
    'contact_arrangement',
    opened.people,
    ['to_day', 'from_day', 'id'],
  )
  const hidden = (id: string | null | undefined) => sights.get(id ?? '') === 'hidden'
  return {
    writes,
    kept,
    addHref: paths.arrangementAdd({ person }),
    rows: people
      .filter(({ other }) => !hidden(other))
      .map((one) => {
        const called = one.other ? calledIn(sights, named, { other: one.other, name: one.name }) : undefined
        return [
          {
            text: called?.text ?? one.name ?? 'Name not known',
            href: called?.open ? paths.record({ person: one.other! }) : undefined,
            sub: one.relation
              ? relationTo(one.relation, {
                  fromOtherEnd: one.fromOtherEnd,
                  sex: named.get(one.other ?? '')?.sex,
                  ended: false,
                })
              : undefined,
          },
          answerCell(one.address),
          answerCell(one.contact),
          answerCell(one.collect),
          writes ? { text: 'Decide', href: paths.arrangementAdd({ person }, { other: one.other }) } : '',
        ]
      }),
    tables: [
      factTable({
        person,
        table: 'contact_arrangement',
        heading: 'What was decided',
        columns: [
          'About',
          'See',
          'Fetch',
          'Address',
          'Decided by',
          'In words',
          'From',
          'To',
          'Told by',
          changeColumn,
        ],
        facts: arrangements.filter((one) => !hidden(one.other_person_id)),
        empty: 'Nothing was decided',
        cellsOf: (one) => [
          one.other_name,
          contacts[one.contact as keyof typeof contacts] ?? '',
          collects[one.collect as keyof typeof collects] ?? '',
          addresses[one.address as keyof typeof addresses] ?? '',
          deciders[one.decided_by as keyof typeof deciders],
          one.words,
          one.from_day ? formatShortDate(one.from_day) : '',
          one.to_day ? formatShortDate(one.to_day) : '',
          originSaid(one),
          writes ? { text: 'Change', href: paths.arrangement({ person, fact: one.id }) } : '',
        ],
      }),
    ],
  }
}
