import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import type { Standing } from '../casework/sign-off/model.ts'
import { standingWords } from '../casework/sign-off/model.ts'
import { standingsOf, submitForSignature } from '../casework/sign-off/store.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, endDraft } from '../forms/drafts-store.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  type FormView,
  optionalChoice,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, formatShortDate } from '../web/words.ts'
import { conferenceOfEnquiry } from './conferences-store.ts'
import {
  type Enquiry,
  enquiriesTogether,
  enquiryOf,
  keepFindings,
  openEnquiryAgain,
} from './enquiries-store.ts'
import { enquirySigned } from './enquiry-signing.ts'
import { mostWords, ofChild, type Passage } from './meeting.ts'
import { keepPassage, passagesAt } from './meeting-store.ts'
import { enquiryState, mayNot, wrongWithFindings } from './model.ts'
import { paths } from './paths.ts'
import { passageRows } from './showing.ts'
import { type Child, idIn, metTogether, openThem, openToWrite, type Trx } from './together.ts'
import { codesOf, medicals, optionsOf, outcomes, seenAs } from './words.ts'

const purpose = 'a section 47 enquiry'
const group = 'F13'
const column = 'section_47_findings_id' as const

const finding = z.object({
  agencies: optionalText(mostWords),
  siblings: optionalText(mostWords),
  alleged: optionalText(mostWords),
  family: optionalText(mostWords),
  analysis: optionalText(mostWords),
  interview: optionalDay({ notAfterToday: 'That day has not come' }),
  reference: optionalText(100),
  words: optionalText(10_000),
  child: z
    .record(
      z.string(),
      z.object({
        ...ofChild,
        seen: optionalChoice(codesOf(seenAs)),
        seenOn: optionalDay({ notAfterToday: 'That day has not come' }),
        seenWords: optionalText(2000),
        home: tick(),
        medical: optionalChoice(codesOf(medicals)),
        medicalWords: optionalText(2000),
        outcome: optionalChoice(codesOf(outcomes)),
        because: optionalText(2000),
      }),
    )
    .default({}),
})
type Typed = z.output<typeof finding>
type OfChild = Typed['child'][string]

const again = z.object({ why: text('Say what was wrong with the outcome', 2000) })

/** What an enquiry asks of each child, by the field of its form. */
const fieldOf: Readonly<Record<string, (child: string) => string>> = {
  seen: (child) => `child[${child}][seen]`,
  seenWords: (child) => `child[${child}][seenWords]`,
  medical: (child) => `child[${child}][medical]`,
  outcome: (child) => `child[${child}][outcome]`,
  noConferenceBecause: (child) => `child[${child}][because]`,
  agenciesWords: () => 'agencies',
  siblingsWords: () => 'siblings',
  analysis: () => 'analysis',
}

/** An enquiry of one child as a page works with it. */
interface Own {
  readonly enquiry: Enquiry
  readonly child: Child
  readonly standing: Standing
}
const stateOf = ({ enquiry, standing }: Pick<Own, 'enquiry' | 'standing'>) =>
  enquiryState({
    s47_end_date: enquiry.s47_end_date,
    submitted_on: standing.last?.act === 'submitted' ? dayOf(standing.last.at) : null,
  })

/** Section 47 enquiries: written once for the children of one discussion, signed by a manager, opened again when wrong. */
export const enquiryPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.enquiry.pattern, open, async (request, reply) => {
    const { person, enquiry } = paths.enquiry.read(request)
    let children: readonly Child[] = []
    let closed = 0
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: ['F09', 'F13', 'F14', 'F28'], heading: 'Section 47 enquiry' },
        template: 'child-protection/views/enquiry.njk',
        before: async (first, knownAt) => {
          const ids = await togetherIds(request, first, enquiry, knownAt?.moment)
          ;({ children, closed } = await openThem(request, ids, { purpose, action: 'view', group }))
        },
      },
      async ({ trx, opened, knownAt, session }) => {
        const all = await ownOf(trx, opened.people, enquiry, children)
        const own = all[0]!
        const said = await passagesAt(
          trx,
          column,
          all.flatMap(({ enquiry: { findings } }) => findings ?? []),
        )
        const state = stateOf(own)
        const conference = await conferenceOfEnquiry(trx, own.enquiry.id)
        return {
          ...{ closed, state, writes: !knownAt, form: blankForm() },
          others: all.slice(1).map(({ child }) => child),
          rows: all.map((one) => ({
            ...one,
            state: stateOf(one),
            standing: one.standing.last ? standingWords(one.standing) : undefined,
            said: passageRows(said.get(one.enquiry.findings ?? '') ?? []),
            seen: one.enquiry.seen && seenAs[one.enquiry.seen],
            medical: one.enquiry.medical && medicals[one.enquiry.medical as keyof typeof medicals],
            outcome: one.enquiry.outcome && outcomes[one.enquiry.outcome],
          })),
          enquiry: own.enquiry,
          discussionHref:
            own.enquiry.discussion && paths.discussion({ person, discussion: own.enquiry.discussion }),
          furtherHref: paths.discussionNew(
            { person },
            {
              others: all
                .slice(1)
                .map(({ child }) => child.id)
                .join(','),
            },
          ),
          writeHref: paths.enquiryWrite({ person, enquiry }),
          signHref:
            own.standing.last &&
            caseworkPaths.signing({ person, work: await workOf(trx, own.enquiry.findings!) }),
          againAction: paths.enquiryAgain({ person, enquiry }),
          mayOpenAgain:
            state === 'concluded' &&
            !own.enquiry.conference_on &&
            session.roles.some((role) => ['A-TM', 'A-SM'].includes(role)),
          conferenceHref: conference && paths.conference({ person, conference }),
          noEpisode: own.enquiry.referral_id === null,
        }
      },
    )
  })

  app.get(paths.enquiryWrite.pattern, open, async (request, reply) => {
    const found = await openEnquiry(request, reply)
    if (!found) return reply
    const wanted = (request.query as { draft?: string }).draft
    const { draft, said } = await reading(db, sessionOf(request), async (trx) => ({
      draft: wanted ? await draftOf(trx, idIn(wanted)) : undefined,
      said: await passagesAt(
        trx,
        column,
        found.all.flatMap(({ enquiry }) => enquiry.findings ?? []),
      ),
    }))
    const wordsOf = (own: Own, part: string) =>
      said.get(own.enquiry.findings ?? '')?.find((one) => one.part === part)?.words ?? ''
    const [own] = found.all
    return showForm(request, reply, found, {
      draft,
      start: {
        agencies: own!.enquiry.agencies_words ?? '',
        siblings: own!.enquiry.siblings_words ?? '',
        alleged: own!.enquiry.alleged_words ?? '',
        analysis: own!.enquiry.analysis ?? '',
        family: wordsOf(own!, 'family-view'),
        interview: own!.enquiry.interview_on ? formatShortDate(own!.enquiry.interview_on) : '',
        reference: own!.enquiry.interview_reference ?? '',
        words: own!.enquiry.outcome_words ?? '',
        ...Object.assign({}, ...found.all.map((one) => valuesOf(one, wordsOf(one, 'child-view')))),
      },
    })
  })

  app.post(paths.enquiryWrite.pattern, open, async (request, reply) => {
    const form = parseForm(finding, request.body)
    const found = await openEnquiry(request, reply)
    if (!found) return reply
    const session = sessionOf(request)
    const showAgain = (errors: Record<string, string> = {}) =>
      showForm(request, reply, found, {
        again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
      })
    for (const own of found.all) {
      const refusal = mayNot('enquiry', stateOf(own), 'submit')
      if (refusal) throw refuse(409, refusal)
    }
    if (!form.ok) return showAgain()
    const { value } = form
    const wrong: Record<string, string> = {}
    for (const { child } of found.all) {
      const own = value.child[child.id]
      const missing = wrongWithFindings(
        {
          ...{ seen: own?.seen, seenWords: own?.seenWords, medical: own?.medical, outcome: own?.outcome },
          ...{ agenciesWords: value.agencies, siblingsWords: value.siblings, analysis: value.analysis },
          noConferenceBecause: own?.because,
        },
        child.onPlan,
      )
      for (const [name, words] of Object.entries(missing)) wrong[fieldOf[name]!(child.id)] ??= words
      if (own?.said && !child.writable.includes('F28'))
        wrong[`child[${child.id}][said]`] = 'You may not write the child’s own words in a place of their own'
    }
    if (Object.keys(wrong).length > 0) return showAgain(wrong)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const of: { person: string; fact: string }[] = []
        for (const own of found.all) of.push(await file(trx, own, value, found.all.length > 1))
        await submitForSignature(trx, enquirySigned.kind, { of, work: of[0]!.fact })
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.enquiry(paths.enquiryWrite.read(request))
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(
    paths.enquiryAgain.pattern,
    { config: { access: { roles: ['A-TM', 'A-SM'] } } },
    async (request, reply) => {
      const form = parseForm(again, request.body)
      const found = await openEnquiry(request, reply)
      if (!found) return reply
      if (!form.ok) throw refuse(422, form.summary[0]!.text)
      const [own] = found.all
      const refusal = mayNot('enquiry', stateOf(own!), 'open-again')
      if (refusal) throw refuse(409, refusal)
      if (own!.enquiry.conference_on)
        throw refuse(409, 'A conference was held because of it: what that decided is corrected there')
      const session = sessionOf(request)
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          await openEnquiryAgain(trx, own!.enquiry.id, form.value.why, dayOf(now()))
          return paths.enquiry(paths.enquiryAgain.read(request))
        }),
      )
      return reply.redirect(next, 303)
    },
  )

  // -------------------------------------------------------------------------------------------------------------------

  interface Found {
    readonly all: readonly Own[]
    readonly first: Opened
    readonly closed: number
  }

  async function openEnquiry(request: FastifyRequest, reply: FastifyReply): Promise<Found | undefined> {
    const { person, enquiry } = paths.enquiry.read(request)
    const first = await openToWrite(request, reply, person, { group, purpose })
    if (!first) return undefined
    const ids = await togetherIds(request, first, enquiry)
    const { children, closed } = await openThem(request, ids, { purpose, action: 'write', group })
    const all = await reading(db, sessionOf(request), (trx) => ownOf(trx, first.people, enquiry, children))
    return { all, first, closed }
  }

  function togetherIds(request: FastifyRequest, first: Opened, enquiry: string, knownAt?: Date) {
    return reading(
      db,
      sessionOf(request),
      async (trx) => {
        const own = await enquiryOf(trx, first.people, idIn(enquiry))
        if (!own) throw notFound()
        const ids = own.held_together ? await metTogether(trx, own.held_together, first.people) : []
        return ids.length > 0 ? ids : [own.person_id]
      },
      { knownAt },
    )
  }

  /** The enquiry of the page and those that began with it and are not concluded differently, that of the page first. */
  async function ownOf(
    trx: Trx,
    people: readonly string[],
    enquiry: string,
    children: readonly Child[],
  ): Promise<readonly Own[]> {
    const own = await enquiryOf(trx, people, idIn(enquiry))
    if (!own) throw notFound()
    const rows = own.held_together ? await enquiriesTogether(trx, own.held_together) : [own]
    const standings = await standingsOf(
      trx,
      enquirySigned.kind,
      rows.flatMap(({ findings }) => findings ?? []),
    )
    const all = rows.flatMap((row): Own[] => {
      const child = children.find((one) => one.people.includes(row.person_id))
      const standing = standings.get(row.findings ?? '') ?? { last: undefined, changed: false }
      return child ? [{ enquiry: row, child, standing }] : []
    })
    const first = all.find((one) => one.enquiry.id === own.id)
    if (!first) throw notFound()
    return [first, ...all.filter((one) => one !== first && stateOf(one) === stateOf(first))]
  }

  async function file(trx: Trx, { enquiry, child }: Own, value: Typed, several: boolean) {
    const own = value.child[child.id]!
    const findings = await keepFindings(trx, enquiry, {
      ...{ seenOn: own.seenOn, seen: own.seen!, seenWords: own.seenWords, homeSeen: own.home },
      ...{ medical: own.medical!, medicalWords: own.medicalWords },
      ...{ interviewOn: value.interview, interviewReference: value.reference },
      ...{ agenciesWords: value.agencies!, siblingsWords: value.siblings!, allegedWords: value.alleged },
      analysis: several && own.only ? `${value.analysis}\n\n${own.only}` : value.analysis!,
      ...{ outcome: own.outcome!, outcomeWords: value.words, noConferenceBecause: own.because },
    })
    const of = { column, id: findings }
    await keepPassage(trx, of, child.id, passage('child-view', 'child', own.said))
    await keepPassage(trx, of, child.id, passage('family-view', 'parent', value.family))
    return { person: child.id, fact: findings }
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { all, closed }: Found,
    of: Pick<Parameters<typeof drafting>[0], 'draft' | 'start'> & { readonly again?: FormView },
  ): Promise<unknown> {
    const address = paths.enquiryWrite.read(request)
    const page = paths.enquiryWrite(address)
    const drafted = drafting({
      ...{ form: 'section-47-enquiry', page, group, ...of },
      about: all.map(({ child }) => child.id),
    })
    if (drafted.form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        ...{ person: address.person, purpose, groups: [group], heading: 'Write up the enquiry' },
        template: 'child-protection/views/enquiry-write.njk',
      },
      async () => ({
        ...drafted,
        ...{ closed, children: all.map(({ child }) => child), enquiry: all[0]!.enquiry },
        returned: all[0]!.standing.last?.act === 'returned' ? all[0]!.standing.last : undefined,
        seen: optionsOf(seenAs),
        medicals: optionsOf(medicals),
        outcomes: optionsOf(outcomes),
        action: page,
        back: paths.enquiry(address),
      }),
    )
  }
}

const passage = (part: Passage['part'], origin: 'child' | 'parent', words: string | undefined) =>
  words ? { part, origin, words, parentMayRead: origin === 'parent', childMayRead: true } : undefined

function valuesOf({ enquiry, child }: Own, said: string): Record<string, string> {
  const at = (name: keyof OfChild) => `child[${child.id}][${name}]`
  return {
    [at('seen')]: enquiry.seen ?? '',
    [at('seenOn')]: enquiry.seen_on ? formatShortDate(enquiry.seen_on) : '',
    [at('seenWords')]: enquiry.seen_words ?? '',
    [at('home')]: enquiry.home_seen ? 'yes' : '',
    [at('medical')]: enquiry.medical ?? '',
    [at('medicalWords')]: enquiry.medical_words ?? '',
    [at('outcome')]: enquiry.outcome ?? '',
    [at('because')]: enquiry.no_conference_because ?? '',
    [at('said')]: said,
  }
}

async function workOf(trx: Trx, findings: string): Promise<string> {
  const rows = await trx
    .selectFrom('sign_off')
    .select('work_id')
    .where('fact_id', '=', findings)
    .limit(1)
    .execute()
  return rows[0]?.work_id ?? findings
}
