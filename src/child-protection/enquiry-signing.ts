import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { declareSigned } from '../casework/sign-off/kinds.ts'
import { formatShortDate } from '../web/words.ts'
import { askForConference } from './conferences-store.ts'
import { concludeEnquiry, findingsById } from './enquiries-store.ts'
import { passagesAt } from './meeting-store.ts'
import { censusOf, conferenceNeeded } from './model.ts'
import { paths } from './paths.ts'
import { groups } from './together.ts'
import { medicals, outcomes, seenAs } from './words.ts'

const yes = (said: boolean | null) => (said === null ? '' : said ? 'Yes' : 'No')

/**
 * The outcome of an enquiry is signed by a manager. The signature ends the enquiry in the record's and the census's own
 * words, and asks for the conference where there has to be one: the children of one enquiry together.
 */
export const enquirySigned = declareSigned({
  kind: 'section-47-enquiry',
  groups,
  // The page of what was found leads on to the enquiry itself.
  href: ({ person }) => paths.protection({ person }),
  follows: [
    'The enquiry ends on this day; its clock stops',
    'Where a conference is needed it is asked for, and its clock goes on from the strategy discussion',
    'Where none is needed, the census says so',
  ],
  content: async (trx, { fact }) => {
    const one = await findingsById(trx, fact)
    if (!one) return []
    const said = (await passagesAt(trx, 'section_47_findings_id', [fact])).get(fact) ?? []
    const words = (part: string) =>
      said
        .filter((passage) => passage.part === part)
        .map((passage) => passage.words)
        .join('\n\n')
    return [
      { name: 'seen', label: 'The child', text: one.seen ? seenAs[one.seen] : '' },
      { name: 'seen_on', label: 'Seen on', text: one.seen_on ? formatShortDate(one.seen_on) : '' },
      { name: 'seen_words', label: 'Why not alone', text: one.seen_words ?? '' },
      { name: 'home_seen', label: 'Home and bedroom seen', text: yes(one.home_seen) },
      { name: 'said', label: 'What the child said', text: words('child-view') },
      { name: 'family', label: 'What the family said', text: words('family-view') },
      {
        name: 'medical',
        label: 'Medical',
        text: [one.medical && medicals[one.medical as keyof typeof medicals], one.medical_words]
          .filter(Boolean)
          .join(': '),
      },
      { name: 'agencies', label: 'What each agency said', text: one.agencies_words ?? '' },
      { name: 'siblings', label: 'Other children', text: one.siblings_words ?? '' },
      { name: 'alleged', label: 'Who may have done it', text: one.alleged_words ?? '' },
      { name: 'analysis', label: 'What it means for the child', text: one.analysis ?? '' },
      { name: 'outcome', label: 'What it found', text: one.outcome ? outcomes[one.outcome] : '' },
      { name: 'outcome_words', label: 'What follows', text: one.outcome_words ?? '' },
      { name: 'no_conference', label: 'Why no conference', text: one.no_conference_because ?? '' },
      { name: 'again', label: 'Opened again, because', text: one.opened_again_because ?? '' },
    ]
  },
  authorised: async (trx, { of, day }) => {
    const together = randomUUID()
    for (const { person, fact } of of) {
      const one = await findingsById(trx, fact)
      if (!one?.outcome) continue
      await concludeEnquiry(trx, fact, { on: day, ...censusOf(one.outcome) })
      if (!conferenceNeeded(one.outcome)) continue
      const { rows } = await sql<{ unborn: boolean }>`
        select date_of_birth is null and expected_date_of_birth is not null as unborn from person where id = ${person}`.execute(
        trx,
      )
      await askForConference(trx, person, {
        ...{ together, on: day, kind: rows[0]?.unborn ? 'pre-birth' : 'initial', enquiry: one.id },
        because: 'The enquiry found a continuing risk of significant harm',
      })
    }
  },
})
