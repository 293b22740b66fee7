import { openRecords } from '../access/opening.ts'
import { writing } from '../access/reading.ts'
import { decide, submitForSignature } from '../casework/sign-off/store.ts'
import type { AnswerValue } from '../forms/answering.ts'
import { questionsOf } from '../forms/definition.ts'
import { inForce } from '../forms/definitions-store.ts'
import { beginForm, completeForms, keepAnswer } from '../forms/forms-store.ts'
import { groupsFor, signedAs } from '../forms/signing.ts'
import { addDays, type Day } from '../web/words.ts'
import type { Caseload, Scene, Whole } from './scenes.ts'

const review = 'child-in-need-plan-review'
const supervision = 'supervision-record'

/** What a worker answers for one child; what is asked once is the same for all of them. */
type Answered = (child: string, family: Family) => Readonly<Record<string, AnswerValue>>
interface Family {
  readonly mother: string
  readonly today: Day
}

const reviewed: Answered = (child, { mother, today }) => ({
  'held-on': addDays(today, -2),
  'chaired-by': 'Sam Okoro, social worker',
  'who-came': [
    { who: `${mother}, mother`, came: 'Came' },
    { who: 'School, pastoral lead', came: 'Came' },
    { who: 'Health visitor', came: 'Sent a report' },
  ],
  'child-there': 'spoken-before',
  says: `“It is better in the mornings now. I still do not like it when people shout.” ${child} drew the kitchen with everybody in it.`,
  'parents-say': 'Mornings work since the breakfast club. She wants the visits to go on until the summer.',
  'needs-then': 'To be at school on time and rested, and to have somebody to tell when it gets loud at home.',
  actions: [
    { action: 'Breakfast club', who: 'School', became: 'Done: five days a week, on time since' },
    { action: 'Evenings without visitors after nine', who: mother, became: 'Begun: kept on most weekdays' },
  ],
  better: `${child} comes to school rested and stays for reading club.`,
  'needs-now': 'Quiet evenings at weekends too, and the same person to talk to at school.',
  danger:
    'Arguments late at night when visitors stay. No injury; the last time the police were called was in August.',
  outcome: 'changes',
  why: 'What was agreed helps and is not secure yet.',
  'new-actions': [{ action: 'Weekend plan with the grandmother', who: 'Sam Okoro', by: '' }],
  'next-review': addDays(today, 82),
  agreed: 'yes',
})

const supervised: Answered = (child, { today }) => ({
  'held-on': addDays(today, -6),
  between: 'Sam Okoro and Priya Shah',
  'life-now': `${child} was seen last week at home and alone. Says school is the best part of the day.`,
  worries: 'Evenings are unsettled again. The grandmother is a strength and not part of the plan yet.',
  explains: 'We have not asked the father since the spring, and know the evenings from one side only.',
  drift: 'yes',
  'drift-words': 'The father’s part, since April. Sam writes to him this week and offers a time after work.',
  decisions: 'Sam meets the father within two weeks; the plan is reviewed with him in it.',
  actions: [{ action: 'Letter to the father', who: 'Sam Okoro', by: '' }],
})

/** A review that waits for Priya’s signature, one that she returned with reasons, and a supervision. */
export const formsScene: Scene = {
  name: 'forms',
  async play(whole) {
    const [waiting, returned, talked] = whole.caseloads.filter(
      ({ account, children }) =>
        account === whole.account('Sam Okoro') &&
        children.length > 0 &&
        children.every(({ standing }) => standing === 'in-need'),
    )
    if (waiting) await sent(whole, waiting)
    if (returned) {
      const of = await sent(whole, returned)
      await asPerson(whole, 'Priya Shah', returned, review, (trx, account) =>
        decide(trx, signedAs(review), 'returned', {
          of,
          words:
            'What does the father say? He is named in the plan and nobody asked him. Say too what we do if the evenings get worse before the next review.',
          account,
          now: new Date(),
        }),
      )
    }
    if (talked) await filled(whole, talked, supervision, supervised, addDays(whole.today, -6))
  },
}

async function sent(whole: Whole, family: Caseload): Promise<{ person: string; fact: string }[]> {
  const { work, of } = await filled(whole, family, review, reviewed)
  await asPerson(whole, 'Sam Okoro', family, review, (trx) =>
    submitForSignature(trx, signedAs(review), { of, work, words: 'The family have read it.' }),
  )
  return of
}

/** A form as Sam fills it in, filed where nobody signs it. */
async function filled(
  whole: Whole,
  family: Caseload,
  key: string,
  answered: Answered,
  filedOn?: Day,
): Promise<{ work: string; of: { person: string; fact: string }[] }> {
  return asPerson(whole, 'Sam Okoro', family, key, async (trx, account) => {
    const version = (await inForce(trx, key))!
    const { work, forms } = await beginForm(trx, version, {
      of: family.children.map(({ person }) => ({ person })),
      on: addDays(whole.today, -7),
      account,
    })
    for (const [n, form] of forms.entries()) {
      const values = answered(family.children[n]!.name, { mother: family.mother, today: whole.today })
      for (const question of questionsOf(version.form)) {
        const value = values[question.key]
        if (value !== undefined)
          await keepAnswer(trx, form, version, question, {
            value,
            shared: question.siblings === 'once' && forms.length > 1,
          })
      }
    }
    const ids = forms.map(({ form }) => form)
    if (filedOn) await completeForms(trx, ids, filedOn)
    return { work, of: forms.map(({ person, form }) => ({ person, fact: form })) }
  })
}

/** Work of one of the cast on the records of a family, opened as anybody opens them. */
async function asPerson<T>(
  { db, as, account }: Whole,
  name: string,
  { children }: Caseload,
  key: string,
  work: (trx: Parameters<Parameters<typeof writing>[2]>[0], account: string) => Promise<T>,
): Promise<T> {
  const session = { ...(await as(name)), account: { id: account(name) } }
  const groups = await writing(db, session, async (trx) => groupsFor((await inForce(trx, key))!.form))
  await openRecords(
    db,
    session,
    children.map(({ person }) => person),
    { purpose: 'writing a form', groups: ['F01', ...groups], action: 'write' },
  )
  return writing(db, session, (trx) => work(trx, account(name)))
}
