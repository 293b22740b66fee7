import type { Answers } from '../forms/answering.ts'
import { declareForm } from '../forms/areas.ts'
import { answersOf, formsOf } from '../forms/forms-store.ts'
import { dayOf, parseDate } from '../web/words.ts'
import { endedBy, linesTyped, type ReviewOutcome, step } from './model.ts'
import { paths } from './paths.ts'
import { addReview, endPlan, keepLines, plansOf } from './plan-store.ts'

export const reviewForm = 'child-in-need-plan-review'

const said = (answers: Answers, question: string): string | undefined => {
  const value = answers.get(question)?.value
  return typeof value === 'string' ? value : undefined
}

/** A review of a child in need plan: its signature counts it, changes the plan as it says, and ends it where it says so. */
export const childInNeedReview = declareForm({
  form: reviewForm,
  groups: ['F11', 'F12'],
  href: ({ person }) => paths.need({ person }),
  follows: [
    'The review counts as held on its day; the next one is due from it',
    'What happens next takes the place of the plan’s actions',
    'Where the review says that the plan ends, it ends on this day. The case closes on its own page',
  ],
  mayBegin: async (trx, people, on) => {
    const plans = await plansOf(trx, people)
    const running = plans.filter(({ end }) => !end)
    if (running.length === 0) return 'No child in need plan is running'
    return running.some(({ start }) => on < start) ? 'The plan had not begun then' : undefined
  },
  begun: async (trx, { of }) => {
    const plans = await plansOf(
      trx,
      of.map(({ person }) => person),
    )
    return new Map(
      of.flatMap(({ person }) => {
        const running = plans.find((plan) => plan.person === person && !plan.end)
        return running ? [[person, running.id] as const] : []
      }),
    )
  },
  maySubmit: async (trx, of) => {
    const people = of.map(({ person }) => person)
    const plans = await plansOf(trx, people)
    const rows = (await formsOf(trx, people)).filter(({ form }) => of.some((one) => one.form === form))
    const answers = await answersOf(trx, rows)
    for (const { form, fact } of of) {
      const plan = plans.find(({ id }) => id === fact)
      if (!plan) return 'No child in need plan is running for one of the children'
      const went = step(plan.end ? 'ended' : 'active', {
        ...{
          is: 'review',
          since: plan.start,
          on: said(answers.get(form)!, 'held-on'),
          today: dayOf(new Date()),
        },
      })
      if ('why' in went) return went.why
    }
    return undefined
  },
  done: async (trx, { of, day }) => {
    for (const { form, person, fact, answers } of of) {
      const on = said(answers, 'held-on')
      const outcome = said(answers, 'outcome') as ReviewOutcome | undefined
      if (!fact || !on || !outcome) continue
      await addReview(trx, {
        ...{ person, plan: fact, form, on, outcome, next: said(answers, 'next-review') ?? null },
      })
      const rows = answers.get('new-actions')?.value
      if (Array.isArray(rows) && rows.length > 0)
        await keepLines(
          trx,
          { id: fact, person },
          ['action'],
          (rows as readonly Record<string, string>[]).flatMap(({ action, who, by }) =>
            linesTyped('action', action?.replaceAll('\n', ' ')).map((line) => ({
              ...line,
              who: who ?? null,
              due: (by && parseDate(by, day)) || null,
            })),
          ),
          day,
        )
      const reason = endedBy(outcome)
      if (reason) await endPlan(trx, fact, { on: day, reason, words: said(answers, 'why') ?? '' })
    }
  },
})
