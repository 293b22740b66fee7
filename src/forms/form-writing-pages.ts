import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { reading, writing } from '../access/reading.ts'
import { changedOnly, compared, readOnce } from '../casework/sign-off/model.ts'
import { stepsOf, submitForSignature } from '../casework/sign-off/store.ts'
import { showPart } from '../people/record.ts'
import { openFamily, relativesNamed, tiesOf } from '../people/relatives.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, optionalText, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { type Answer, holds, missingOf, type Offer, readSection, valuesOf } from './answering.ts'
import { areaOf } from './areas.ts'
import { groupOf, type Section } from './definition.ts'
import { drafting } from './drafting.ts'
import { type Draft, draftOf, endDraft, openDraft, saveDraft } from './drafts-store.ts'
import { offerFor } from './flow.ts'
import { completeForms, earlierForms, keepAnswer } from './forms-store.ts'
import { knownFacts } from './known-facts.ts'
import { notWritableNow, type OpenWork, openWork } from './open-work.ts'
import { paths } from './paths.ts'
import { questionViews, shownOf } from './question-views.ts'
import { inputsOf, settled, stoodIn, unitsOf } from './settling.ts'
import { formContent, formsDone, signedAs } from './signing.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

const submitting = z.object({ words: optionalText(2000) })

/** Writing a form: a page for each section, saved as it is typed, and what is sent when it is done. */
export const formWritingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.write.pattern, open, async (request, reply) => {
    const work = await openWork(request, reply, paths.write.read(request))
    if (!work) return reply
    refuseWhereClosed(request, work)
    return showSection(request, reply, work, sectionOf(request, work))
  })

  app.post(paths.write.pattern, open, async (request, reply) => {
    const asked = paths.write.read(request)
    const work = await openWork(request, reply, asked)
    if (!work) return reply
    refuseWhereClosed(request, work)
    const section = sectionOf(request, work)
    const session = sessionOf(request)
    const posted = parseForm(z.unknown(), request.body)
    const current = valuesOf(section, work.forms, work.answersOfChild)
    const { values, conflicts } = settled(section, work.forms, {
      posted: posted.values,
      current,
      stood: stoodSent(posted),
      today: today(),
    })
    const offers = await offersFor(session, work, section)
    const read = readSection(section, work.forms, values, { today: today(), offers: offers.of })
    const errors: Record<string, string> = {}
    for (const name of conflicts) {
      const stands = [current[name] ?? ''].flat().join(', ')
      errors[name] =
        `Somebody else filed something here meanwhile: ‘${stands.slice(0, 300)}’. What you wrote is below: put together what should stand, and save again`
    }
    Object.assign(errors, read.errors)
    if (Object.keys(errors).length > 0)
      return showSection(request, reply, work, section, withErrors({ ...posted, values }, errors))
    await writing(db, session, async (trx) => {
      await fileSection(trx, work, section, read.answers)
      const kept = await sharedDraft(trx, session, work, asked)
      if (kept) await takeInto(trx, session, kept, work, section, filedValues(section, work, read.answers))
    })
    const { then } = request.body as { then?: string }
    return reply.redirect(nextAfter(asked, work, section, then), 303)
  })

  app.get(paths.review.pattern, open, async (request, reply) => {
    const work = await openWork(request, reply, paths.review.read(request))
    if (!work) return reply
    refuseWhereClosed(request, work)
    return showReview(request, reply, work, blankForm())
  })

  app.post(paths.review.pattern, open, async (request, reply) => {
    const asked = paths.review.read(request)
    const work = await openWork(request, reply, asked)
    if (!work) return reply
    refuseWhereClosed(request, work)
    const form = parseForm(submitting, request.body)
    if (!form.ok) return showReview(request, reply, work, form)
    const session = sessionOf(request)
    const { account } = session
    const { form: definition } = work.version
    const [first] = missingOf(definition, work.forms, work.answersOfChild)
    if (first)
      return showReview(
        request,
        reply,
        work,
        withErrors(form, { '': `${first.question.label}: not answered for ${first.child.name}` }),
      )
    const area = areaOf(definition.key)
    const why = await writing(db, session, async (trx) => {
      const draft = await sharedDraft(trx, session, work, asked)
      if (draft && unsavedSections(work, draft).length > 0)
        return 'Something was typed since and is not in the form yet: save it first'
      const notNow = await area?.maySubmit?.(trx, work.forms)
      if (notNow) return notNow
      await once(trx, form, account.id, async () => {
        if (draft) await endDraft(trx, draft.id, 'filed')
        if (definition.signed) {
          const of = work.forms.map(({ person, form: fact }) => ({ person, fact }))
          await completeForms(
            trx,
            work.forms.map(({ form: one }) => one),
            null,
          )
          await submitForSignature(trx, signedAs(definition.key), {
            of,
            work: work.work,
            words: form.value.words,
          })
          await area?.submitted?.(trx, work.forms, today())
        } else await formsDone(trx, work.forms, { account: account.id, day: today() })
        return paths.read(asked)
      })
      return undefined
    })
    if (why) return showReview(request, reply, work, withErrors(form, { '': why }))
    return reply.redirect(paths.read(asked), 303)
  })

  // What was typed on pages that were left without saving them.
  app.post(paths.fileTyped.pattern, open, async (request, reply) => {
    const asked = paths.fileTyped.read(request)
    const work = await openWork(request, reply, asked)
    if (!work) return reply
    refuseWhereClosed(request, work)
    const session = sessionOf(request)
    const wrong = await writing(db, session, async (trx) => {
      const draft = await sharedDraft(trx, session, work, asked)
      for (const section of draft ? unsavedSections(work, draft) : []) {
        const values = {
          ...valuesOf(section, work.forms, work.answersOfChild),
          ...draft!.values,
        }
        const read = readSection(section, work.forms, values, { today: today(), offers: () => undefined })
        if (Object.keys(read.errors).length > 0) return section
        await fileSection(trx, work, section, read.answers)
      }
      return undefined
    })
    return reply.redirect(wrong ? paths.write({ ...asked, section: wrong.key }) : paths.review(asked), 303)
  })

  function refuseWhereClosed(request: FastifyRequest, work: OpenWork): void {
    const why = notWritableNow(work)
    const { person } = paths.read.read(request)
    if (why)
      throw refuse(409, `${why}.`, {
        title: 'Not to be written in now',
        next: { text: 'Read it', href: paths.read({ person, work: work.work }) },
      })
  }

  function sectionOf(request: FastifyRequest, work: OpenWork): Section {
    const { section } = paths.write.read(request)
    const found = work.version.form.sections.find(({ key }) => key === section)
    if (!found) throw notFound()
    return found
  }

  /** Only what the reader may write is filed: other field groups of the form stay as they are. */
  async function fileSection(
    trx: Trx,
    work: OpenWork,
    section: Section,
    answers: ReadonlyMap<string, ReadonlyMap<string, Answer | undefined>>,
  ): Promise<void> {
    for (const form of work.forms)
      for (const question of section.questions) {
        if (question.kind === 'statement') continue
        if (!work.writable.includes(groupOf(work.version.form, question))) continue
        const answer = answers.get(form.person)!.get(question.key)
        const before = work.answersOfChild(form.person).get(question.key)
        if (
          JSON.stringify([answer?.value, answer?.shared]) === JSON.stringify([before?.value, before?.shared])
        )
          continue
        await keepAnswer(trx, form, work.version, question, answer)
      }
  }

  /** The draft of this work that everybody writes in, with a window for this page. */
  async function sharedDraft(
    trx: Trx,
    session: Session,
    work: OpenWork,
    { person }: { person: string },
    window: string = randomUUID(),
  ): Promise<Draft | undefined> {
    const id = await openDraft(trx, session, randomUUID(), {
      ...draftKey(work, person),
      window,
    })
    return id ? draftOf(trx, id) : undefined
  }

  const draftKey = (work: OpenWork, person: string) => ({
    form: work.version.form.key,
    address: paths.read({ person, work: work.work }),
    about: work.forms.map((one) => one.person),
    group: work.version.form.group,
    sharedAs: work.work,
  })

  /** A section’s fields as they were filed: what was taken over too, which nobody typed. */
  const filedValues = (
    section: Section,
    work: OpenWork,
    answers: ReadonlyMap<string, ReadonlyMap<string, Answer | undefined>>,
  ) =>
    valuesOf(
      section,
      work.forms,
      (child) =>
        new Map([...answers.get(child)!].flatMap(([key, one]) => (one ? [[key, one] as const] : []))),
    )

  /** What was filed is what the draft says too, so that other pages of the form show it. */
  async function takeInto(
    trx: Trx,
    session: Session,
    draft: Draft,
    work: OpenWork,
    section: Section,
    values: FormView['values'],
  ): Promise<void> {
    const names = unitsOf(section, work.forms)
      .flatMap(inputsOf)
      .filter((name) => values[name] !== undefined || draft.values[name] !== undefined)
    for (let at = 0; at < names.length; at += 400)
      await saveDraft(trx, session, draft.id, {
        ...draftKey(work, work.forms[0]!.person),
        window: randomUUID(),
        sent: 0,
        decided: names.slice(at, at + 400),
        shows: {},
        fields: Object.fromEntries(
          names
            .slice(at, at + 400)
            .map((name) => [name, { value: values[name] ?? '', version: draft.versions[name] ?? 0 }]),
        ),
      })
  }

  /** Sections in which something was typed that the record does not have. */
  function unsavedSections(work: OpenWork, draft: Draft): Section[] {
    return work.version.form.sections.filter((section) => {
      const current = valuesOf(section, work.forms, work.answersOfChild)
      const typed = { ...current, ...draft.values }
      return (
        JSON.stringify(stoodIn(section, work.forms, current, today())) !==
        JSON.stringify(stoodIn(section, work.forms, typed, today()))
      )
    })
  }

  /** What is known already, for questions of a section that nobody has answered yet. */
  async function offersFor(session: Session, work: OpenWork, section: Section) {
    const found = new Map<string, Offer>()
    if (section.questions.some(({ from }) => from))
      await reading(db, session, async (trx) => {
        for (const { person, people } of work.forms) {
          const earlier = await earlierForms(trx, people)
          const facts = await knownFacts(trx, people, today())
          for (const question of section.questions) {
            const offer = offerFor(
              question,
              earlier.filter(({ id }) => !work.forms.some(({ form }) => form === id)),
              facts,
            )
            if (offer) found.set(`${person} ${question.key}`, offer)
          }
        }
      })
    return { of: (child: string, question: string) => found.get(`${child} ${question}`) }
  }

  async function showSection(
    request: FastifyRequest,
    reply: FastifyReply,
    work: OpenWork,
    section: Section,
    again?: FormView,
  ) {
    const asked = paths.write.read(request)
    const session = sessionOf(request)
    const window = randomUUID()
    const draft = await writing(db, session, (trx) => sharedDraft(trx, session, work, asked, window))
    const current = valuesOf(section, work.forms, work.answersOfChild)
    const offers = await offersFor(session, work, section)
    const relatives = await familyNames(request, work, section)
    if (again) reply.code(422)
    const { form } = work.version
    return showPart(
      request,
      reply,
      {
        person: asked.person,
        purpose: 'writing a form',
        groups: [form.group],
        heading: section.title,
        template: 'forms/views/write-form.njk',
      },
      async () => {
        const page = drafting({
          form: form.key,
          page: paths.write(asked),
          about: work.forms.map(({ person }) => person),
          group: form.group,
          draft,
          again,
          start: current,
          shared: { as: work.work, window },
        })
        return {
          ...page,
          // The draft is of the whole form: 'What I have not filed yet' leads to its front.
          draft: { ...page.draft, address: paths.read(asked) },
          formTitle: form.title,
          names: work.forms.map(({ name }) => name),
          several: work.forms.length > 1,
          guidance: section.guidance,
          stood: JSON.stringify(stoodIn(shownOf(work, section), work.forms, current, today())),
          signed: work.forms.some(({ standing }) => standing.last?.act === 'authorised'),
          questions: questionViews(work, section, { form: page.form, offers: offers.of, relatives }),
          sections: sectionList(work, asked, section, draft),
          last: form.sections.at(-1) === section,
          action: paths.write(asked),
          readHref: paths.read(asked),
          reviewHref: paths.review(asked),
        }
      },
    )
  }

  /** Names that a question for somebody of the family offers. */
  async function familyNames(request: FastifyRequest, work: OpenWork, section: Section): Promise<string[]> {
    if (!section.questions.some(({ kind }) => kind === 'person')) return []
    const { people } = work.forms[0]!
    const sights = await openFamily(db, sessionOf(request), people, { correlation: request.id })
    return reading(db, sessionOf(request), async (trx) => {
      const ties = await tiesOf(trx, people)
      const named = await relativesNamed(trx, [...sights.keys()])
      const offered = ties.filter(({ other }) => sights.get(other) === 'open')
      return [...new Set(offered.flatMap(({ other }) => named.get(other)?.name ?? []))]
    })
  }

  function sectionList(
    work: OpenWork,
    asked: { person: string; work: string },
    here: Section | undefined,
    draft: Draft | undefined,
  ) {
    const missing = missingOf(work.version.form, work.forms, work.answersOfChild)
    const unsaved = draft ? unsavedSections(work, draft) : []
    return work.version.form.sections
      .filter(
        (section) =>
          section === here ||
          work.forms.some(({ person }) => holds(section.showWhen, work.answersOfChild(person))),
      )
      .map((section) => ({
        text: section.title,
        href: paths.write({ ...asked, section: section.key }),
        current: section === here,
        unsaved: unsaved.includes(section),
        missing: missing.filter((one) => one.section === section).length,
        begun: work.forms.some(({ person }) =>
          section.questions.some(({ key }) => work.answersOfChild(person).has(key)),
        ),
      }))
  }

  function nextAfter(
    asked: { person: string; work: string },
    work: OpenWork,
    section: Section,
    then: string | undefined,
  ): string {
    const { sections } = work.version.form
    if (then === 'stay') return paths.write({ ...asked, section: section.key })
    const next = sections[sections.indexOf(section) + 1]
    return next && then !== 'review' ? paths.write({ ...asked, section: next.key }) : paths.review(asked)
  }

  async function showReview(request: FastifyRequest, reply: FastifyReply, work: OpenWork, form: FormView) {
    const asked = paths.review.read(request)
    const session = sessionOf(request)
    const draft = await writing(db, session, (trx) => sharedDraft(trx, session, work, asked))
    const { form: definition } = work.version
    const steps = await reading(db, session, (trx) => stepsOf(trx, work.forms[0]!.form))
    const base = steps.findLast(({ act }) => act === 'authorised' || act === 'submitted')
    const contentOf = async (trx: Trx) => {
      const all = []
      for (const row of work.forms) all.push(await formContent(trx, row, work.version))
      return all
    }
    const content = await reading(db, session, contentOf)
    // A millisecond more: moments are read shorter than they are kept.
    const before =
      base && (await reading(db, session, contentOf, { knownAt: new Date(base.at.getTime() + 1) }))
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person: asked.person,
        purpose: 'reviewing a form before it is sent',
        groups: [definition.group],
        heading: `Review: ${definition.title}`,
        template: 'forms/views/review-form.njk',
      },
      async () => {
        const pieces = work.forms.map(({ person, name }, n) => ({
          person,
          name,
          fields: compared(before?.[n], content[n]!),
        }))
        const missing = missingOf(definition, work.forms, work.answersOfChild)
        return {
          form,
          names: work.forms.map(({ name }) => name),
          several: work.forms.length > 1,
          ...readOnce(pieces),
          base,
          changed: changedOnly(pieces),
          returned: steps.findLast(({ act }) => act === 'returned'),
          changes: new Set(
            pieces.flatMap(({ fields }) =>
              fields.flatMap(({ name, change }) => (change === 'same' ? [] : name)),
            ),
          ).size,
          missing: missing.map(({ child, section, question }) => ({
            text: work.forms.length > 1 ? `${child.name}: ${question.label}` : question.label,
            href: paths.write({ ...asked, section: section.key }),
          })),
          unsaved: (draft ? unsavedSections(work, draft) : []).map(({ title }) => title),
          isSigned: definition.signed !== undefined,
          sections: sectionList(work, asked, undefined, draft),
          fileTypedAction: paths.fileTyped(asked),
          action: paths.review(asked),
          readHref: paths.read(asked),
        }
      },
    )
  }
}

/** What stood in each field when the page was shown, as it came back with the page. */
function stoodSent({ values }: FormView): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(String(values._stood ?? '{}')))
  } catch {
    return {}
  }
}
