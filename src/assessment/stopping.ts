import { declareSigned } from '../casework/sign-off/kinds.ts'
import { formatShortDate } from '../web/words.ts'
import { stopReasons } from './model.ts'
import { paths } from './paths.ts'
import { endStopped, goOn, stopKind, stoppedOf } from './store.ts'

/** An assessment that will not be finished is signed too: until then its clock runs. */
export const stoppingSigned = declareSigned({
  kind: stopKind,
  groups: ['F11', 'F12', 'F25'],
  href: ({ person }) => paths.assessments({ person }),
  follows: [
    'The assessment is over on this day without an outcome, and its clock stops',
    'The case stays open: it is transferred or closed on its own page',
  ],
  content: async (trx, { fact }) => {
    const one = await stoppedOf(trx, fact)
    if (!one?.on || !one.because) return []
    return [
      { name: 'because', label: 'Why it will not be finished', text: stopReasons[one.because] },
      { name: 'on', label: 'Since', text: formatShortDate(one.on) },
      { name: 'words', label: 'What happened, and who was told', text: one.words ?? '' },
    ]
  },
  authorised: async (trx, { of, day }) => {
    for (const { fact } of of) await endStopped(trx, fact, day)
  },
  returned: async (trx, { of }) => {
    for (const { fact } of of) await goOn(trx, fact)
  },
})
