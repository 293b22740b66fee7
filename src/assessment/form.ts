import { wrongWithClosing } from '../casework/closing.ts'
import { closeCase, closingOf } from '../casework/closing-store.ts'
import type { Answers } from '../forms/answering.ts'
import { answerWords } from '../forms/answering.ts'
import { declareForm } from '../forms/areas.ts'
import { questionsOf } from '../forms/definition.ts'
import { inForce } from '../forms/definitions-store.ts'
import { answersOf, formsOf, tieToFact } from '../forms/forms-store.ts'
import { type Conclusion, following, step } from './model.ts'
import { paths } from './paths.ts'
import { authorise, beginPlan, formKey, idsOf, standingOn, startAssessment, startingOf } from './store.ts'

const chosen = (answers: Answers, question: string): string | undefined => {
  const value = answers.get(question)?.value
  return typeof value === 'string' ? value : undefined
}
const several = (answers: Answers, question: string): readonly string[] =>
  [answers.get(question)?.value ?? []].flat().map(String)

/** What a form concludes of one child, from its answers. */
export const conclusionOf = (answers: Answers): Conclusion => ({
  seen: chosen(answers, 'seen'),
  notSeenBecause: answers.has('not-seen-because'),
  parents: [chosen(answers, 'mother-part'), chosen(answers, 'father-part')],
  tried: answers.has('parent-absent'),
  factors: several(answers, 'factors'),
  recommended: several(answers, 'recommendation'),
  endsHere: chosen(answers, 'ends-here'),
})

/**
 * The child and family assessment: the form is its work, the row of `assessment` what the census tells of it. It begins
 * with the form, or before it with the referral's decision, and is over with the signature.
 */
export const assessmentForm = declareForm({
  form: formKey,
  // What closing an episode looks at and ends, besides the need itself.
  groups: ['F09', 'F10', 'F11', 'F12', 'F13', 'F25', 'F26'],
  follows: [
    'The assessment is finished on this day, with its outcome and factors as the census tells them; its clock stops',
    'Where a child in need plan is recommended, it begins on this day, unless a plan or care is there already',
    'Where nothing further follows and nothing else is open, the case closes on this day after assessment (RC8)',
    'A strategy discussion, a step-down to early help and the like are begun from the assessment’s page',
  ],
  href: ({ person }) => paths.assessments({ person }),
  mayBegin: async (trx, people, on) => {
    for (const one of await startingOf(trx, people)) {
      const went = step('none', { is: 'start', on, ...one })
      if ('why' in went) return went.why
    }
    return undefined
  },
  begun: async (trx, { of, on }) => {
    const facts = new Map<string, string>()
    for (const { person } of of) {
      const begun = await startAssessment(trx, person, on)
      if (begun) facts.set(person, begun)
    }
    return facts
  },
  maySubmit: async (trx, of) => {
    const forms = of.map(({ form }) => form)
    const rows = (
      await formsOf(
        trx,
        of.map(({ person }) => person),
      )
    ).filter(({ form }) => forms.includes(form))
    // A form that was begun before assessments were: it becomes one, in time to be signed as it stands.
    for (const { form, person, fact, startedOn } of rows) {
      const begun = fact ? null : await startAssessment(trx, person, startedOn)
      if (begun) await tieToFact(trx, form, begun)
    }
    for (const answers of (await answersOf(trx, rows)).values()) {
      const went = step('in-progress', { is: 'submit', says: conclusionOf(answers) })
      if ('why' in went) return of.length > 1 ? `For one of the children: ${went.why}` : went.why
    }
    return undefined
  },
  done: async (trx, { of, day }) => {
    const version = await inForce(trx, formKey)
    const asked = version && questionsOf(version.form).find(({ key }) => key === 'recommendation')
    for (const { person, fact, answers } of of) {
      if (!fact) continue
      const { seen, recommended, factors, endsHere } = conclusionOf(answers)
      const outcome = asked ? answerWords(asked, recommended).replaceAll('\n', '; ') : recommended.join('; ')
      await authorise(trx, fact, {
        ...{ on: day, seen: seen === 'yes', outcome, factors },
        nfa: endsHere === 'yes',
      })
      const people = await idsOf(trx, person)
      const follows = following(recommended, await standingOn(trx, people, day))
      if (follows.plan) await beginPlan(trx, fact, day)
      if (!follows.close) continue
      const closing = await closingOf(trx, people, day)
      const ending = { on: day, reason: follows.close }
      // What else is open keeps the episode open: it is closed on its own page, when that has ended.
      if (closing && Object.keys(wrongWithClosing(closing, ending)).length === 0)
        await closeCase(
          trx,
          people,
          { ...ending, referral: closing.referral, words: 'Nothing further followed the assessment' },
          day,
        )
    }
  },
})
