import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { chronologyYears, densityBars } from './components/chronology.ts'
import { drawTimeline } from './components/timeline.ts'
import { blankForm, choice, choices, day, optionalText, parseForm, text, time } from './form.ts'
import { housePaths } from './house-paths.ts'
import { knownAtOf } from './known-at.ts'
import { listState } from './list.ts'
import { addDays, dayOf } from './words.ts'

/** Every part of a page with invented people, in demonstrations only; the browser tests look at it with axe. */
export async function registerComponentPages(app: FastifyInstance): Promise<void> {
  const config = { access: 'anyone' } as const
  app.get(housePaths.components.pattern, { config }, async (request, reply) => show(request, reply))
  app.post(housePaths.components.pattern, { config }, async (request, reply) => {
    const form = parseForm(visit, request.body)
    if (!form.ok) return show(request, reply.code(422), form)
    return reply.redirect(housePaths.components(), 303)
  })
  app.get(housePaths.componentRecord.pattern, { config }, async (request, reply) => {
    const today = dayOf(new Date())
    return reply.page('web/views/components-record.njk', {
      title: 'Amara Okafor',
      printSubject: 'Amara Okafor',
      width: 'record',
      knownAt: knownAtOf(request),
      child: amara(today),
      ...history(today),
    })
  })
  app.get(housePaths.componentProgress.pattern, { config }, async (_request, reply) =>
    reply.fragment('web/views/components-progress.njk', { run: progressNow() }),
  )
}

const visit = z.object({
  when: day('Say when you visited', {
    notAfterToday: 'A visit that has not happened yet cannot be written up',
  }),
  at: time('Say at what time'),
  kind: choice(['visit', 'call', 'message'], 'Choose what kind of contact it was'),
  seen: choices(['Amara', 'Ben', 'mother'], 'Tick who was seen'),
  what: text('Write what happened'),
  words: optionalText(),
})

const progressNow = () => {
  const second = new Date().getSeconds()
  return {
    title: 'Reading cin-census-2025.xml',
    state: 'running',
    done: second * 190,
    total: 11_400,
    what: 'children',
  }
}

const amara = (today: string) => ({
  name: 'Amara Okafor',
  href: housePaths.componentRecord(),
  born: addDays(today, -2680),
  pronouns: 'she, her',
  number: 'C-7Q4M-2X',
  badges: ['child-protection', 'looked-after'],
  hazards: ['Large dog at the home address', 'Visit in pairs'],
  worker: { name: 'Sam Okoro', team: 'Family Support East' },
  knowHref: '#',
})

function history(today: string) {
  const ago = (days: number) => addDays(today, -days)
  const items = [
    {
      day: ago(2),
      moment: new Date(),
      title: 'Visit at home',
      kind: 'Visit',
      by: 'Sam Okoro',
      text: 'Amara was in the garden with her brother and showed me her new bike.\n\nHer mother was tired but pleased with the school place.',
    },
    {
      day: ago(20),
      title: 'Review conference: the plan goes on',
      kind: 'Child protection',
      significant: true,
      by: 'Decided by Priya Shah, conference chair',
      source: 'CIN census 2025-26, line 1,204',
      historyHref: '#',
    },
    {
      day: ago(64),
      title: 'Moved to Mr and Mrs Lowe',
      kind: 'Placement',
      significant: true,
      by: 'Sam Okoro',
    },
    { day: ago(90), title: 'Health assessment', kind: 'Health', source: 'SSDA903 2025-26' },
    {
      day: ago(400),
      title: 'Child protection plan began',
      kind: 'Child protection',
      text: 'Neglect',
      significant: true,
    },
    { day: ago(420), end: ago(410), title: 'Section 47 enquiry', kind: 'Child protection' },
    { day: ago(455), title: 'Referral from school', kind: 'Referral', by: 'Front door' },
    { day: ago(1200), title: 'Referral from health visitor', kind: 'Referral' },
  ]
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item.day.slice(0, 4), (counts.get(item.day.slice(0, 4)) ?? 0) + 1)
  const care = drawTimeline({
    id: 'care',
    title: 'Legal statuses and placements',
    today,
    lanes: [
      {
        name: 'Legal status',
        spans: [
          { from: ago(700), to: ago(640), text: 'Emergency protection', look: 'alarm' },
          { from: ago(640), to: ago(380), text: 'Interim care order', look: '2', more: 'Section 38' },
          { from: ago(380), text: 'Full care order', look: '2', more: 'Section 31' },
        ],
      },
      {
        name: 'Placement',
        spans: [
          { from: ago(700), to: ago(690), text: 'Hospital', look: '6' },
          { from: ago(690), to: ago(300), text: 'Foster carer, Mrs Adeyemi', look: '3' },
          { from: ago(300), to: ago(64), text: 'Grandmother', look: '3' },
          { from: ago(64), text: 'Mr and Mrs Lowe', look: '3', href: '#lowe' },
        ],
      },
      {
        name: 'Protection plan',
        spans: [
          { from: ago(1100), to: ago(900), text: 'Neglect', look: 'alarm' },
          { from: ago(400), text: 'Emotional harm', look: 'alarm' },
        ],
      },
      { name: 'Missing', spans: [{ from: ago(210), to: ago(208), text: 'Missing', look: '5' }] },
    ],
  })
  return { years: chronologyYears(items), bars: densityBars(counts, (year) => `#year-${year}`), care }
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  form = blankForm({ when: 'today' }) as ReturnType<typeof blankForm>,
) {
  const today = dayOf(new Date())
  const list = listState(request, { sorts: ['name', 'age', 'due'], perPage: 5 })
  return reply.page('web/views/components.njk', {
    title: 'Parts of pages',
    form,
    list,
    child: amara(today),
    run: progressNow(),
    finished: {
      title: 'SSDA903 2024-25',
      state: 'finished',
      finishedAt: new Date(),
      text: '2,140 rows read, 12 on the problems page.',
      href: '#',
      action: 'See what was read',
    },
    days: [-16, -2, 0, 1, 4, 13, 60].map((days) => addDays(today, days)),
    children: [
      {
        name: 'Amara Okafor',
        born: addDays(today, -2680),
        badges: ['child-protection', 'looked-after'],
        seen: addDays(today, -2),
        alone: addDays(today, -30),
        due: addDays(today, -2),
        what: 'Statutory visit',
      },
      {
        name: 'Ben Okafor',
        born: addDays(today, -1200),
        badges: ['child-protection'],
        seen: addDays(today, -2),
        alone: addDays(today, -2),
        due: addDays(today, 1),
        what: 'Core group',
      },
      {
        name: 'Unborn Carter',
        born: '',
        badges: ['unborn'],
        seen: '',
        alone: '',
        due: addDays(today, 12),
        what: 'Pre-birth conference',
      },
      {
        name: 'Kai Lindqvist',
        born: addDays(today, -6400),
        badges: ['care-leaver'],
        seen: addDays(today, -41),
        alone: addDays(today, -41),
        due: addDays(today, 33),
        what: 'Pathway plan review',
      },
      {
        name: 'Noor Rahman',
        born: addDays(today, -5200),
        badges: ['looked-after', 'missing', 'restricted'],
        seen: addDays(today, -9),
        alone: addDays(today, -9),
        due: today,
        what: 'Return interview',
      },
    ],
    ...history(today),
  })
}
