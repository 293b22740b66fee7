import { randomUUID } from 'node:crypto'
import { askForConference, callConference, conferenceOf } from '../child-protection/conferences-store.ts'
import { callDiscussion, holdDiscussion, openEnquiry } from '../child-protection/discussions-store.ts'
import { enquiriesOf, keepFindings } from '../child-protection/enquiries-store.ts'
import { type Attender, type Passage, passagesOf } from '../child-protection/meeting.ts'
import { addPassages, keepAttenders, keepPassage } from '../child-protection/meeting-store.ts'
import {
  holdCoreGroup,
  keepLines,
  keepMembers,
  type LineTyped,
  linesOf,
  planInForce,
} from '../child-protection/plans-store.ts'
import { addDays, type Day } from '../web/words.ts'
import { weekday, workingDaysFrom } from './days.ts'
import type { Caseload, Scene, Whole } from './scenes.ts'

type Trx = Parameters<Parameters<Whole['write']>[0]>[0]
type Child = Caseload['children'][number]

/** A conference tomorrow after an enquiry of fourteen days, and what a plan of sixteen months says and who carries it. */
export const protectionScene: Scene = {
  name: 'protection',
  async play({ caseloads, today, write, subject, account }) {
    const chair = account('Hamid Yusuf')
    const childrenOf = (piece: string) =>
      caseloads.find(({ children }) => children.some(({ person }) => person === subject(piece)))?.children ??
      []
    await write(async (trx) => {
      for (const child of childrenOf('section-47-day-14')) await underEnquiry(trx, child, { today, chair })
      await onLongPlan(trx, childrenOf('plan-of-16-months'), { today, chair })
    })
  },
}

interface When {
  readonly today: Day
  readonly chair: string
}

const asked: readonly Attender[] = [
  { place: 0, agency: 'social-care', name: 'Sam Okoro', attendance: 'attended' },
  { place: 1, agency: 'social-care', name: 'Priya Shah', attendance: 'attended' },
  {
    ...{ place: 2, agency: 'police', name: 'DC Karen Lowe', attendance: 'attended', sure: 'on-paper' },
    said: 'Two calls to the house this year, in March and in September. No charge was made.',
  },
  {
    ...{
      place: 3,
      agency: 'health',
      name: 'Judith Hall, health visitor',
      attendance: 'attended',
      sure: 'first-hand',
    },
    said: 'A bruise on the cheek was seen at the clinic. Weight and growth are as they should be.',
  },
  {
    ...{
      place: 4,
      agency: 'education',
      name: 'Ruth Dale, nursery manager',
      attendance: 'attended',
      sure: 'first-hand',
    },
    said: 'She did not want to go home on Tuesday, and said why to her key worker.',
  },
]

/** The strategy discussion as it was held, and the conference that is due tomorrow: one report has not come. */
async function underEnquiry(trx: Trx, child: Child, { today, chair }: When): Promise<void> {
  const enquiry = await openEnquiry(trx, [child.person])
  if (!enquiry) return
  const on = enquiry.since
  const [row] = await enquiriesOf(trx, [child.person])
  const findings = await keepFindings(trx, row!, {
    ...{ seenOn: on, seen: 'alone', seenWords: undefined, homeSeen: true },
    ...{
      medical: 'done',
      medicalWords: 'The next morning, with her mother’s agreement: a bruise of some days.',
    },
    ...{ interviewOn: undefined, interviewReference: undefined, allegedWords: undefined },
    agenciesWords: 'Police, health visitor and nursery were asked; they say the same.',
    siblingsWords: 'There are no other children in the home.',
    analysis: `${child.name} was hit, and nobody at home thinks that it was wrong. It is likely to happen again.`,
    ...{ outcome: 'conference', outcomeWords: undefined, noConferenceBecause: undefined },
  })
  await keepPassage(trx, { column: 'section_47_findings_id', id: findings }, child.person, {
    ...{ part: 'child-view', origin: 'child', parentMayRead: false, childMayRead: true },
    words: 'I was loud. I will be quiet now.',
  })
  const discussion = await callDiscussion(trx, child.person, {
    ...{ together: randomUUID(), askedOn: on, urgent: true, plannedOn: on, plannedAt: '14:30' },
    because: `${child.name}’s nursery rang: a bruise on the cheek, and she said that she had been hit.`,
    ...{ manner: 'video', place: undefined },
  })
  await holdDiscussion(
    trx,
    discussion,
    {
      ...{ on, at: '14:30', manner: 'video', decision: 'section-47-joint', harm: ['physical'] },
      words:
        'All who were there think that she may be hit again. The police and social care see her together today.',
      safety: 'Her aunt stays in the house until the conference. Sam visits every second day, unannounced.',
    },
    { enquiry: enquiry.id, further: false },
  )
  const of = { column: 'strategy_discussion_id' as const, id: discussion }
  await keepAttenders(trx, of, child.person, asked, on)
  const me = { id: child.person, name: child.name }
  const said: Passage[] = passagesOf(
    {
      ...{
        meeting: 'discussion',
        people: asked,
        child: { [child.person]: { said: 'Daddy hit me because I was loud.' } },
      },
      discussion: 'The explanations that were given do not fit what was seen.',
    },
    me,
    [me],
  )
  await addPassages(trx, of, child.person, said)

  const tomorrow = workingDaysFrom(today, 1)
  const id = await askForConference(trx, child.person, {
    ...{ together: randomUUID(), on: workingDaysFrom(today, -5), kind: 'initial', enquiry: enquiry.id },
    because: 'The enquiry found a continuing risk of significant harm.',
  })
  await call(trx, id, child.person, { on: tomorrow, at: '10:00', chair, from: workingDaysFrom(today, -4) })
  await keepAttenders(
    trx,
    { column: 'conference_id', id },
    child.person,
    [
      {
        place: 0,
        agency: 'social-care',
        name: 'Sam Okoro',
        due: workingDaysFrom(today, -1),
        received: workingDaysFrom(today, -1),
      },
      { place: 1, agency: 'family', name: 'Parents' },
      { place: 2, agency: 'police', name: 'DC Karen Lowe', due: workingDaysFrom(today, -1) },
      {
        ...{ place: 3, agency: 'health', name: 'Judith Hall, health visitor' },
        ...{ due: workingDaysFrom(today, -1), received: workingDaysFrom(today, -2) },
      },
      {
        ...{ place: 4, agency: 'education', name: 'Ruth Dale, nursery manager' },
        ...{ due: workingDaysFrom(today, -1), received: workingDaysFrom(today, -1) },
      },
    ],
    workingDaysFrom(today, -4),
  )
}

async function call(
  trx: Trx,
  id: string,
  child: string,
  { on, at, chair, from }: { on: Day; at: string; chair: string; from: Day },
): Promise<void> {
  const conference = await conferenceOf(trx, [child], id)
  await callConference(
    trx,
    conference!,
    { on, at, place: 'Conference room 2, Fellby', chair, because: undefined },
    from,
  )
}

const line = (part: LineTyped['part'], words: string, more: Partial<LineTyped> = {}): LineTyped => ({
  ...{ id: undefined, who: undefined, due: undefined, measure: undefined, familyMayRead: true },
  ...{ part, words, ...more },
})

/** A plan in words a family would know, three core groups in which little moved, and a review that is called. */
async function onLongPlan(trx: Trx, children: readonly Child[], { today, chair }: When): Promise<void> {
  const names = children.map(({ name }) => name).join(' and ')
  const together = randomUUID()
  const groups = [90, 48, 6].map((days) => ({ together: randomUUID(), on: weekday(addDays(today, -days)) }))
  for (const child of children) {
    const plan = await planInForce(trx, [child.person], today)
    if (!plan) continue
    const since = plan.cp_plan_start_date
    await keepLines(trx, plan, planWords(names, today), since)
    await keepMembers(
      trx,
      plan,
      [
        { agency: 'social-care', name: 'Sam Okoro', role: 'Lead social worker', lead: true },
        { agency: 'health', name: 'Bridget Ames', role: 'School nurse', lead: false },
        { agency: 'education', name: 'Colin Frith', role: 'Head teacher', lead: false },
        { agency: 'family', name: 'Leanne Greaves', role: 'Mother', lead: false },
      ],
      since,
    )
    const actions = (await linesOf(trx, plan.id)).filter(({ part }) => part === 'action')
    for (const [n, group] of groups.entries()) {
      const id = await holdCoreGroup(
        trx,
        plan,
        { ...group, at: '13:30', manner: 'meeting', next: groups[n + 1]?.on ?? weekday(addDays(today, 36)) },
        actions.map(({ id: action }, place) => ({
          line: action,
          progress: place === 0 && n > 1 ? 'done' : 'under-way',
          words: place === 0 ? 'The skip came; the yard is clear.' : 'As at the last meeting.',
        })),
      )
      const of = { column: 'core_group_id' as const, id }
      await keepAttenders(trx, of, child.person, [
        { place: 0, agency: 'social-care', name: 'Sam Okoro', attendance: 'attended' },
        { place: 1, agency: 'education', name: 'Colin Frith', attendance: 'attended' },
        { place: 2, agency: 'health', name: 'Bridget Ames', attendance: n === 1 ? 'apologies' : 'attended' },
        {
          place: 3,
          agency: 'family',
          name: 'Leanne Greaves',
          attendance: n === 2 ? 'did-not-come' : 'attended',
        },
      ])
    }
    const review = await askForConference(trx, child.person, {
      ...{ together, on: addDays(today, -7), kind: 'review', plan: plan.id },
      because: 'The plan has run for sixteen months: what has to be different?',
    })
    await call(trx, review, child.person, {
      ...{ on: workingDaysFrom(today, 9), at: '14:00', chair, from: addDays(today, -7) },
    })
    await keepAttenders(
      trx,
      { column: 'conference_id', id: review },
      child.person,
      [
        { place: 0, agency: 'social-care', name: 'Sam Okoro', due: workingDaysFrom(today, 5) },
        { place: 1, agency: 'education', name: 'Colin Frith', due: workingDaysFrom(today, 5) },
        { place: 2, agency: 'health', name: 'Bridget Ames', due: workingDaysFrom(today, 5) },
        { place: 3, agency: 'family', name: 'Leanne Greaves' },
      ],
      addDays(today, -7),
    )
  }
}

const planWords = (names: string, today: Day): LineTyped[] => [
  line('danger', `${names} are often hungry, cold and dirty, and nobody makes sure that they get to school.`),
  line('danger', 'Their father has been seen at the house drunk while he had care of them.', {
    familyMayRead: false,
  }),
  line('strength', `${names} love their mother, and she comes to almost every meeting.`),
  line('outcome', `${names} are at school on time, fed and clean, four days in five for three months.`),
  line('outcome', 'The house is warm, and each child has a bed.'),
  line('action', 'Clear the yard and mend the boiler', {
    ...{ who: 'Housing, with Leanne', due: addDays(today, -60), measure: 'Sam sees it done' },
  }),
  line('action', 'Bring the children to breakfast club every day', {
    ...{ who: 'Leanne', due: addDays(today, -30), measure: 'The school’s register' },
  }),
  line('action', 'Keep every appointment at the dentist', {
    who: 'Leanne, reminded by Bridget Ames',
    due: addDays(today, 20),
  }),
  line('safety', 'Their grandmother takes them when Leanne cannot cope, and rings Sam.'),
  line(
    'contingency',
    'If nothing has changed by the next review, we ask our lawyers whether to go to court.',
  ),
]
