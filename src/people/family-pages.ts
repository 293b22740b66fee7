import type { FastifyPluginAsync } from 'fastify'
import { labelOf } from '../codes/codes.ts'
import { formatShortDate } from '../web/words.ts'
import { factsOf } from './facts-store.ts'
import { involvementsOf, relativesOf } from './family-store.ts'
import { paths } from './paths.ts'
import { type OpenPart, showPart } from './record.ts'
import { factTable, yesNo } from './sources.ts'
import { basisWords, kindWords, otherEndWords, relationWords } from './words.ts'

/** Family, network and everything that says who somebody is: names, numbers, addresses, who works with them. */
export const familyPages: FastifyPluginAsync = async (app) => {
  app.get(paths.family.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.family.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading about family and network',
        groups: ['F03', 'F04', 'F06', 'F07', 'F29'],
        heading: 'Family and network',
        template: 'people/views/facts-part.njk',
      },
      async (part) => ({ tables: await familyTables(person, part) }),
    )
  })
}

const between = (from: string | null, to: string | null) => [
  from ? formatShortDate(from) : '',
  to ? formatShortDate(to) : '',
]

async function familyTables(person: string, { trx, opened }: OpenPart) {
  const { people } = opened
  const relatives = await relativesOf(trx, people)
  const parental = await factsOf(trx, 'parental_responsibility', people, ['from_day', 'id'])
  const workers = await involvementsOf(trx, people)
  const names = await factsOf(trx, 'person_name', people, ['from_day', 'id'])
  const addresses = await factsOf<{
    kind: string
    address_lines: string | null
    postcode: string | null
    protected: boolean
    from_day: string | null
    to_day: string | null
  }>(trx, 'address', people, ['from_day', 'id'])
  const contacts = await factsOf(trx, 'contact_detail', people, ['from_day', 'id'])
  const identifiers = await factsOf(trx, 'person_identifier', people, ['kind', 'id'])
  return [
    factTable({
      person,
      table: 'relationship',
      heading: 'Family and others who matter',
      columns: ['Name', 'Is', 'Same home', 'From', 'To'],
      facts: relatives,
      subjectOf: (one) => (one.fromOtherEnd ? one.other : person),
      empty: 'No relationship is on record',
      cellsOf: (one) => [
        { text: one.name ?? 'See their record', href: paths.record({ person: one.other }) },
        one.words ??
          (one.fromOtherEnd ? (otherEndWords[one.kind] ?? relationWords[one.kind]) : relationWords[one.kind]),
        yesNo(one.sameHousehold),
        ...between(one.from, one.to),
      ],
    }),
    factTable({
      person,
      table: 'parental_responsibility',
      heading: 'Parental responsibility',
      columns: ['Who', 'By what', 'Evidence seen', 'From', 'To'],
      facts: parental,
      empty: 'Nobody is on record as having parental responsibility',
      cellsOf: (one) => [
        one.holder_name ?? 'Name not known',
        basisWords[one.basis!] ?? one.basis,
        one.evidence ?? 'None on record',
        ...between(one.from_day!, one.to_day!),
      ],
    }),
    factTable({
      person,
      table: 'involvement',
      heading: 'Who works with them',
      columns: ['Who', 'As', 'From', 'To'],
      facts: workers,
      empty: 'Nobody is allocated',
      cellsOf: (one) => [
        { text: one.who, sub: one.team ?? undefined },
        kindWords[one.kind],
        ...between(one.from, one.to),
      ],
    }),
    factTable({
      person,
      table: 'person_name',
      heading: 'Names',
      columns: ['Name', 'Kind', 'From', 'To'],
      facts: names,
      empty: 'No name is on record yet',
      cellsOf: (one) => [one.full_name, kindWords[one.kind!], ...between(one.from_day!, one.to_day!)],
    }),
    factTable({
      person,
      table: 'address',
      heading: 'Addresses',
      columns: ['Address', 'Kind', 'From', 'To'],
      facts: addresses,
      empty: 'No address is on record, or none is open to you',
      cellsOf: (one) => [
        {
          text: [one.address_lines, one.postcode].filter(Boolean).join(', ') || 'Not recorded',
          sub: one.protected ? 'Protected: tell nobody' : undefined,
        },
        kindWords[one.kind],
        ...between(one.from_day, one.to_day),
      ],
    }),
    factTable({
      person,
      table: 'contact_detail',
      heading: 'Telephone and e-mail',
      columns: ['Number or address', 'Kind', 'Note'],
      facts: contacts,
      empty: 'No telephone number or e-mail address is on record',
      cellsOf: (one) => [one.value, kindWords[one.kind!], one.note],
    }),
    factTable({
      person,
      table: 'person_identifier',
      heading: 'Numbers',
      columns: ['Number', 'Kind', 'Given by'],
      facts: identifiers,
      empty: 'No number is on record',
      cellsOf: (one) => [
        one.value,
        kindWords[one.kind!],
        one.source_authority ? labelOf('local_authority', one.source_authority) : 'This service',
      ],
    }),
  ]
}
