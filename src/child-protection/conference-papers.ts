import type { Block, Paper } from '../casework/papers/paper.ts'
import { labelOf } from '../codes/codes.ts'
import { type Day, formatDate } from '../web/words.ts'
import type { Conference } from './conferences-store.ts'
import type { AttenderKept } from './meeting-store.ts'
import { linesForFamily, type Reader } from './model.ts'
import type { Line } from './plans-store.ts'
import type { passageRows } from './showing.ts'
import type { Child } from './together.ts'
import { agencies, attendances, conferenceDecisions, conferenceKinds, planParts } from './words.ts'

/** What minutes and letters are made of: one child's own, for one reader. */
export interface MinutesTold {
  readonly authority: string
  readonly conference: Conference
  readonly child: Pick<Child, 'name'>
  readonly reader: Reader
  readonly attenders: readonly AttenderKept[]
  /** As far as this reader may read them. */
  readonly parts: ReturnType<typeof passageRows>
  readonly lines: readonly Line[]
}

const heading = (text: string, level: 2 | 3 = 2): Block => ({ kind: 'heading', text, level })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const split = (text: string): Block[] => text.split(/\n\s*\n/).map((one) => paragraph(one.trim()))

/** Minutes of a conference about one child. What agencies disagreed on is for professionals; what is marked is left out. */
export function minutesPaper(told: MinutesTold): Paper {
  const { conference, child, attenders, parts, reader } = told
  return {
    title: conferenceKinds[conference.kind],
    authority: told.authority,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { key: 'About', value: child.name },
          { key: 'Held', value: formatDate(conference.held_on) },
          { key: 'Chair', value: conference.chair ?? '' },
          { key: 'Decided', value: conference.decision ? conferenceDecisions[conference.decision] : '' },
          {
            key: 'Category',
            value: conference.category ? labelOf('category_of_abuse', conference.category) : '',
          },
          { key: 'Enough agencies', value: conference.quorate ? '' : (conference.quorum_words ?? '') },
        ],
      },
      heading('Why'),
      ...split(conference.decision_words ?? ''),
      {
        kind: 'table',
        caption: 'Who was asked and came',
        columns: [{ text: 'Who', share: 2 }, { text: 'From' }, { text: 'Attendance' }],
        rows: attenders.map(({ name, agency, attendance }) => [
          name,
          agencies[agency],
          attendance ? attendances[attendance] : '',
        ]),
      },
      ...parts.flatMap((part): Block[] => [
        heading(part.heading),
        ...part.passages.flatMap(({ by, words }): Block[] => [
          ...(by ? [heading(by, 3)] : []),
          ...split(words),
        ]),
      ]),
      ...(reader === 'professionals'
        ? attenders
            .filter(({ dissent }) => dissent)
            .map(({ name, dissent }) => paragraph(`${name} did not agree: ${dissent}`))
        : []),
      ...planBlocks(told.lines, reader),
    ],
    foot: reader === 'professionals' ? 'For those who were asked to the conference' : 'For the family',
  }
}

/** A plan in its parts, with who does what by when. */
export function planBlocks(lines: readonly Line[], reader: Reader): Block[] {
  const own = reader === 'professionals' ? lines : linesForFamily(lines)
  return (Object.keys(planParts) as (keyof typeof planParts)[]).flatMap((part): Block[] => {
    const some = own.filter((line) => line.part === part)
    if (some.length === 0) return []
    if (part !== 'action')
      return [heading(planParts[part]), { kind: 'list', items: some.map(({ words }) => words) }]
    return [
      heading(planParts[part]),
      {
        kind: 'table',
        caption: planParts[part],
        columns: [{ text: 'What', share: 3 }, { text: 'Who' }, { text: 'By when' }],
        rows: some.map(({ words, who, due }) => [words, who ?? '', due ? formatDate(due) : '']),
      },
    ]
  })
}

/** The letter that tells a family what was decided. It names no address: where it goes is asked when it is sent. */
export function decisionLetter(told: MinutesTold, today: Day): Paper {
  const { conference, child } = told
  const plan = conference.decision === 'plan' || conference.decision === 'continue'
  return {
    title: 'What the conference decided',
    authority: told.authority,
    letter: {
      to: [`To the parents of ${child.name}`],
      from: [conference.chair ?? '', 'Conference chair'].filter(Boolean),
      date: today,
    },
    blocks: [
      paragraph(
        `On ${formatDate(conference.held_on)} a conference about ${child.name} was held. You were part of it, or were asked to be. This letter says what was decided.`,
      ),
      {
        kind: 'facts',
        rows: [
          { key: 'Decided', value: conference.decision ? conferenceDecisions[conference.decision] : '' },
          {
            key: 'Because of',
            value: conference.category ? labelOf('category_of_abuse', conference.category) : '',
          },
        ],
      },
      ...split(conference.decision_words ?? ''),
      ...(plan ? planBlocks(told.lines, 'parents') : []),
      paragraph(
        plan
          ? `A small group of people who help ${child.name}, and you with them, meets within ten working days and then regularly. A review conference looks at whether the plan is still needed.`
          : `There is no child protection plan. Help can go on if you want it: your social worker speaks with you about it.`,
      ),
      paragraph(
        'If you do not agree with how the decision was made you can complain. Whoever gives you this letter tells you how, and can find somebody to help you with it.',
      ),
    ],
    foot: 'Private',
  }
}
