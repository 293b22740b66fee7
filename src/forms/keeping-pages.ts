import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { noteOnTrail } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { codeSets } from '../codes/codes.ts'
import { originOptions } from '../people/origins.ts'
import { notFound, refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  type FormView,
  optionalText,
  parseForm,
  text,
  tick,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import {
  type Definition,
  differences,
  type Question,
  questionKinds,
  questionsOf,
  type Section,
} from './definition.ts'
import {
  dropEdited,
  type FormKept,
  formsKept,
  publishEdited,
  saveEdited,
  type Version,
  withdrawForm,
} from './definitions-store.ts'
import {
  columnsToLines,
  type Edited,
  keyFor,
  linesToColumns,
  linesToOptions,
  moved,
  optionsToLines,
  questionKeys,
  sectionKeys,
  without,
  withQuestion,
  withSection,
} from './editing.ts'
import type { OpenWork } from './open-work.ts'
import { paths } from './paths.ts'
import { conditionWords, questionViews } from './question-views.ts'

/** Who looks after forms: administrators, and heads of service as leads of practice. The database holds the same (0681). */
export const keepers = { roles: ['A-ADM', 'A-SM'] } as const

const kinds = Object.keys(questionKinds) as [string, ...string[]]
const cares = ['ordinary', 'special', 'criminal', 'restricted'] as const

const newForm = z.object({
  title: text('Say what the form is called', 120),
  purpose: text('Say what it is for, in a sentence', 300),
  group: z.string().regex(/^F\d\d$/, 'Choose the part of the record it belongs to'),
  signed: tick(),
})
const sectionForm = z.object({
  title: text('Say what the section is called', 120),
  guidance: optionalText(2000),
  shownBy: optionalText(80),
  shownIs: optionalText(500),
})
const questionForm = z.object({
  label: text('Write the question', 500),
  kind: choice(kinds, 'Choose what is asked for'),
  guidance: optionalText(2000),
  options: optionalText(5000),
  codes: optionalText(80),
  several: tick(),
  required: tick(),
  shownBy: optionalText(80),
  shownIs: optionalText(500),
  about: choice(['child', 'parent', 'family'], 'Say whom it is about'),
  siblings: choice(['each', 'once'], 'Say whether it is asked once or of each child'),
  group: optionalText(3),
  care: choice(cares, 'Say how careful its answer has to be handled'),
  origin: optionalText(20),
  childMayRead: tick(),
  parentMayRead: tick(),
  from: optionalText(200),
})
const moving = z.object({
  question: optionalText(80),
  to: choice(['up', 'down', 'out'], 'Say where it goes'),
})

/** Forms as their keepers see them: edited in structured pages, looked at as a worker will, put in force by a second person. */
export const formKeepingPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const only = { config: { access: keepers } } as const

  app.get(paths.keep.pattern, only, (request, reply) => showList(request, reply, blankForm({ group: 'F12' })))

  app.post(paths.keep.pattern, only, async (request, reply) => {
    const form = parseForm(newForm, request.body)
    if (!form.ok) return showList(request, reply, form)
    const { title, purpose, group, signed } = form.value
    const kept = await reading(db, sessionOf(request), formsKept)
    const key = keyFor(title, new Set(kept.map((one) => one.key)))
    const next = await save(request, form, {
      key,
      title,
      purpose,
      group,
      ...(signed ? { signed: { roles: ['A-TM', 'A-SM'] } } : {}),
      sections: [
        {
          key: 'first',
          title: 'First section',
          questions: [{ key: 'words', kind: 'long-text', label: 'What there is to say' }],
        },
      ],
    } as unknown as Definition)
    return reply.redirect(next, 303)
  })

  app.get(paths.kept.pattern, only, (request, reply) => showForm(request, reply))

  app.get(paths.keptSection.pattern, only, async (request, reply) => {
    const { form, section } = await sectionAsked(request)
    return showSection(
      request,
      reply,
      form,
      section,
      blankForm({
        title: section?.title ?? '',
        guidance: section?.guidance ?? '',
        shownBy: section?.showWhen?.question ?? '',
        shownIs: section?.showWhen?.is?.join(', ') ?? '',
      }),
    )
  })

  app.post(paths.keptSection.pattern, only, async (request, reply) => {
    const { form: definition, section } = await sectionAsked(request)
    const form = parseForm(sectionForm, request.body)
    if (!form.ok) return showSection(request, reply, definition, section, form)
    const { title, guidance, shownBy, shownIs } = form.value
    const edited = withSection(definition, {
      key: section?.key ?? keyFor(title, sectionKeys(definition)),
      title,
      ...(guidance ? { guidance } : {}),
      ...condition(shownBy, shownIs),
      questions: section?.questions ?? [
        { key: keyFor(title, questionKeys(definition)), kind: 'long-text', label: title } as Question,
      ],
    })
    return keep(request, reply, form, edited, 'title', (view) =>
      showSection(request, reply, definition, section, view),
    )
  })

  app.get(paths.keptQuestion.pattern, only, async (request, reply) => {
    const { form, section, question } = await questionAsked(request)
    return showQuestion(request, reply, form, section, question, blankForm(valuesOfQuestion(question)))
  })

  app.post(paths.keptQuestion.pattern, only, async (request, reply) => {
    const { form: definition, section, question } = await questionAsked(request)
    const again = (view: FormView) => showQuestion(request, reply, definition, section, question, view)
    // What the law asks is asked in its own words; only the guidance is the authority’s.
    if (question?.binding) {
      const form = parseForm(z.object({ guidance: optionalText(2000) }), request.body)
      if (!form.ok) return again(form)
      const { guidance: _, ...must } = question
      const { guidance } = form.value
      const edited = withQuestion(
        definition,
        section.key,
        { ...must, ...(guidance ? { guidance } : {}) },
        question.key,
      )
      return keep(request, reply, form, edited, 'guidance', again)
    }
    const form = parseForm(questionForm, request.body)
    if (!form.ok) return again(form)
    const { value } = form
    const asked = {
      key: question?.key ?? keyFor(value.label, questionKeys(definition)),
      kind: value.kind,
      label: value.label,
      ...(value.guidance ? { guidance: value.guidance } : {}),
      ...(['one-of', 'several-of'].includes(value.kind)
        ? { options: linesToOptions(value.options ?? '') }
        : {}),
      ...(value.kind === 'table' ? { columns: linesToColumns(value.options ?? '') } : {}),
      ...(value.kind === 'code' ? { codes: value.codes ?? '', several: value.several } : {}),
      required: value.required,
      ...condition(value.shownBy, value.shownIs),
      about: value.about,
      siblings: value.siblings,
      ...(value.group ? { group: value.group } : {}),
      care: value.care,
      ...(value.origin ? { origin: value.origin } : {}),
      childMayRead: value.childMayRead,
      parentMayRead: value.parentMayRead,
      ...sourcesOf(value.from),
    }
    return keep(request, reply, form, withQuestion(definition, section.key, asked, asked.key), 'label', again)
  })

  app.post(paths.keptMove.pattern, only, async (request, reply) => {
    const asked = paths.keptMove.read(request)
    const { edited: definition } = await formAsked(request)
    const form = parseForm(moving, request.body)
    if (!form.ok) throw refuse(400, 'Say where it goes')
    const { question, to } = form.value
    const where = { section: asked.section, question }
    if (!definition.sections.some(({ key }) => key === asked.section)) throw notFound()
    const edited =
      to === 'out' ? without(definition, where) : moved(definition, { ...where, by: to === 'up' ? -1 : 1 })
    const wrong = 'wrong' in edited ? edited.wrong : await lostBy(request, edited.form)
    if (wrong)
      throw refuse(409, `${wrong}.`, {
        title: 'It cannot stand there',
        next: { text: 'Back to the form', href: paths.kept({ form: asked.form }) },
      })
    return reply.redirect(await save(request, form, (edited as { form: Definition }).form), 303)
  })

  app.get(paths.preview.pattern, only, async (request, reply) => {
    const { form, section } = await sectionAsked(request)
    if (!section) throw notFound()
    const here = new Set(section.questions.map(({ key }) => key))
    const shown: Section = {
      ...section,
      // What an earlier page decides is shown here all the same.
      questions: section.questions.map(({ showWhen, ...one }) =>
        showWhen && here.has(showWhen.question) ? { ...one, showWhen } : one,
      ),
    }
    const child = (person: string, name: string) => ({ person, name })
    const work = {
      version: { form },
      forms: [child('first', 'Jade'), child('second', 'Kai')],
      writable: await groupCodes(request),
      answersOfChild: () => new Map(),
    } as unknown as OpenWork
    const view = blankForm()
    return reply.page('forms/views/preview-form.njk', {
      title: `${section.title}, as a worker sees it`,
      form: view,
      formTitle: form.title,
      guidance: section.guidance,
      questions: questionViews(work, shown, { form: view, offers: () => undefined, relatives: [] }),
      sections: form.sections.map((one) => ({
        text: one.title,
        href: paths.preview({ form: form.key, section: one.key }),
        current: one === section,
      })),
      back: paths.kept({ form: form.key }),
    })
  })

  app.post(paths.publish.pattern, only, async (request, reply) => {
    const { form } = paths.publish.read(request)
    await trail(request, 'a form is put in force', form)
    const done = await writing(db, sessionOf(request), (trx) => publishEdited(trx, form))
    if (!done) throw refuse(409, 'Nothing is being edited: it was put in force or dropped meanwhile.')
    return reply.redirect(paths.kept({ form }), 303)
  })

  app.post(paths.withdraw.pattern, only, async (request, reply) => {
    const { kept } = await formAsked(request)
    const form = parseForm(z.object({ because: text('Say why', 500) }), request.body)
    if (!form.ok) return showForm(request, reply, form)
    if (kept.statutory) throw refuse(409, 'What the law asks is asked in this form: it is not withdrawn.')
    await trail(request, 'a form is withdrawn', kept.key)
    await writing(db, sessionOf(request), (trx) => withdrawForm(trx, kept.key, form.value.because))
    return reply.redirect(paths.kept({ form: kept.key }), 303)
  })

  app.post(paths.dropEdited.pattern, only, async (request, reply) => {
    const { form } = paths.dropEdited.read(request)
    await writing(db, sessionOf(request), (trx) => dropEdited(trx, form))
    return reply.redirect(paths.keep(), 303)
  })

  const trail = (request: FastifyRequest, purpose: string, form: string) =>
    noteOnTrail(db, sessionOf(request), 'setting', { purpose, details: { form } })

  async function groupCodes(request: FastifyRequest): Promise<string[]> {
    return (await groups(request)).map(({ value }) => value)
  }

  async function groups(request: FastifyRequest): Promise<{ value: string; text: string }[]> {
    return reading(db, sessionOf(request), async (trx) => {
      const { rows } = await sql<{ value: string; text: string }>`
        select code as value, code || ' ' || name as text from foundation.field_group order by code`.execute(
        trx,
      )
      return rows
    })
  }

  /** A form as it is edited, or as it is in force where nobody edits it. */
  async function formAsked(request: FastifyRequest) {
    const { form: key } = paths.kept.read(request)
    const all = await reading(db, sessionOf(request), formsKept)
    const kept = all.find((one) => one.key === key)
    const draft = kept?.versions.find(({ state }) => state === 'draft')
    const inForce = kept?.versions.find(({ state }) => state === 'published')
    const shown = draft ?? inForce ?? kept?.versions[0]
    if (!kept || !shown) throw notFound()
    return { all, kept, draft, inForce, edited: shown.form }
  }

  async function sectionAsked(request: FastifyRequest) {
    const { section: key } = paths.keptSection.read(request)
    const { edited: form, all } = await formAsked(request)
    const section = form.sections.find((one) => one.key === key)
    if (!section && key !== 'new') throw notFound()
    return { form, section, all }
  }

  async function questionAsked(request: FastifyRequest) {
    const { question: key } = paths.keptQuestion.read(request)
    const { form, section } = await sectionAsked(request)
    const question = section?.questions.find((one) => one.key === key)
    if (!section || (!question && key !== 'new')) throw notFound()
    return { form, section, question }
  }

  async function save(request: FastifyRequest, form: FormView, edited: Definition): Promise<string> {
    const session = sessionOf(request)
    await trail(request, 'a form is edited', edited.key)
    return writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await saveEdited(trx, edited)
        return paths.kept({ form: edited.key })
      }),
    )
  }

  /** Keeps what was edited, or shows the page again with what is wrong with it. */
  async function keep(
    request: FastifyRequest,
    reply: FastifyReply,
    form: FormView,
    edited: Edited,
    field: string,
    again: (view: FormView) => Promise<unknown>,
  ) {
    const wrong = 'wrong' in edited ? edited.wrong : await lostBy(request, edited.form)
    if (wrong) return again(withErrors(form, { [field]: wrong }))
    return reply.redirect(await save(request, form, (edited as { form: Definition }).form), 303)
  }

  /** What the law asks and this version would lose, in words; undefined when all of it stands. */
  async function lostBy(request: FastifyRequest, form: Definition): Promise<string | undefined> {
    return reading(db, sessionOf(request), async (trx) => {
      const { rows } = await sql<{ lost: string | null }>`
        select forms.question_lost(${form.key}, ${JSON.stringify(form)}::jsonb) as lost`.execute(trx)
      const { lost } = rows[0]!
      return lost ? `‘${lost}’ is asked by law: it stays as it is and is always shown` : undefined
    })
  }

  async function showList(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const all = await reading(db, sessionOf(request), formsKept)
    const data = {
      title: 'Forms',
      form,
      rows: all.map((kept) => ({ ...standingOfForm(kept), href: paths.kept({ form: kept.key }) })),
      groups: await groups(request),
      action: paths.keep(),
    }
    return form.summary.length > 0
      ? reply.again('forms/views/kept-forms.njk', data)
      : reply.page('forms/views/kept-forms.njk', data)
  }

  async function showForm(request: FastifyRequest, reply: FastifyReply, form: FormView = blankForm()) {
    const { kept, draft, inForce, edited } = await formAsked(request)
    const me = sessionOf(request).account.id
    const { key } = kept
    const bound = new Set(kept.bound)
    const data = {
      title: edited.title,
      form,
      ...standingOfForm(kept),
      purpose: edited.purpose,
      isSigned: edited.signed !== undefined,
      draft,
      inForce,
      mine: draft?.editors.includes(me) ?? false,
      differences: draft && inForce ? differences(inForce.form, draft.form) : [],
      sections: edited.sections.map((section, place) => ({
        ...section,
        when: section.showWhen && conditionWords(edited, section.showWhen),
        href: paths.keptSection({ form: key, section: section.key }),
        moveAction: paths.keptMove({ form: key, section: section.key }),
        addHref: paths.keptQuestion({ form: key, section: section.key, question: 'new' }),
        first: place === 0,
        last: place === edited.sections.length - 1,
        questions: section.questions.map((question) => ({
          ...question,
          kindWords: questionKinds[question.kind],
          when: question.showWhen && conditionWords(edited, question.showWhen),
          bound: bound.has(question.key),
          href: paths.keptQuestion({ form: key, section: section.key, question: question.key }),
        })),
      })),
      addSectionHref: paths.keptSection({ form: key, section: 'new' }),
      previewHref: paths.preview({ form: key, section: edited.sections[0]!.key }),
      publishAction: paths.publish({ form: key }),
      withdrawAction: paths.withdraw({ form: key }),
      dropAction: paths.dropEdited({ form: key }),
      listHref: paths.keep(),
      versions: kept.versions,
    }
    return form.summary.length > 0
      ? reply.again('forms/views/kept-form.njk', data)
      : reply.page('forms/views/kept-form.njk', data)
  }

  async function showSection(
    _request: FastifyRequest,
    reply: FastifyReply,
    definition: Definition,
    section: Section | undefined,
    form: FormView,
  ) {
    const data = {
      title: section ? section.title : 'A new section',
      width: 'writing' as const,
      form,
      before: earlierQuestions(definition, section),
      action: paths.keptSection({ form: definition.key, section: section?.key ?? 'new' }),
      back: paths.kept({ form: definition.key }),
    }
    const view = 'forms/views/kept-section.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  async function showQuestion(
    request: FastifyRequest,
    reply: FastifyReply,
    definition: Definition,
    section: Section,
    question: Question | undefined,
    form: FormView,
  ) {
    const all = await reading(db, sessionOf(request), formsKept)
    const data = {
      title: question ? 'A question' : 'A new question',
      width: 'writing' as const,
      form,
      bound: question?.binding,
      question,
      kinds: Object.entries(questionKinds).map(([value, words]) => ({ value, text: words })),
      codeSets: [...codeSets.values()].map(({ name, title }) => ({ value: name, text: title })),
      before: earlierQuestions(definition, section, question),
      groups: await groups(request),
      cares: cares.map((value) => ({ value, text: value[0]!.toUpperCase() + value.slice(1) })),
      origins: originOptions,
      sources: sourceOptions(all),
      action: paths.keptQuestion({
        form: definition.key,
        section: section.key,
        question: question?.key ?? 'new',
      }),
      back: paths.kept({ form: definition.key }),
    }
    const view = 'forms/views/kept-question.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }
}

function standingOfForm({ key, statutory, versions }: FormKept) {
  const of = (state: Version['state']) => versions.find((one) => one.state === state)
  const [draft, inForce, withdrawn] = [of('draft'), of('published'), of('withdrawn')]
  const shown = (draft ?? inForce ?? versions[0])!
  return {
    key,
    formTitle: shown.form.title,
    statutory,
    number: inForce?.number,
    since: inForce?.publishedAt,
    by: inForce?.publishedBy,
    editing: draft !== undefined,
    brought: draft?.shipped ?? false,
    withdrawn: inForce ? undefined : withdrawn,
    questions: questionsOf(shown.form).length,
  }
}

/** Questions that may decide whether another is shown: those before it that choose an answer. */
function earlierQuestions(form: Definition, section: Section | undefined, question?: Question) {
  const found: { value: string; text: string }[] = []
  for (const part of form.sections) {
    if (part === section && !question) break
    for (const one of part.questions) {
      if (one === question) return found
      if (one.kind !== 'statement') found.push({ value: one.key, text: one.label })
    }
    if (part === section) break
  }
  return found
}

/** Where an answer may be known already, as a select offers it: `form question` or `fact`. */
const sourceOptions = (all: readonly FormKept[]) => [
  { value: 'responsibility', text: 'The record: parental responsibility' },
  { value: 'household', text: 'The record: who lives at home' },
  { value: 'communication', text: 'The record: language and communication' },
  { value: 'characteristics', text: 'The record: ethnicity, religion, disability' },
  ...all.flatMap(({ key, versions }) => {
    const inForce = versions.find(({ state }) => state === 'published')
    return inForce
      ? questionsOf(inForce.form)
          .filter(({ kind }) => kind !== 'statement')
          .map((one) => ({ value: `${key} ${one.key}`, text: `${inForce.form.title}: ${one.label}` }))
      : []
  }),
]

function sourcesOf(from: string | undefined) {
  if (!from) return {}
  const [form, question] = from.split(' ')
  return { from: [question ? { form, question } : { fact: form }] }
}

const condition = (question: string | undefined, is: string | undefined) =>
  question
    ? {
        showWhen: {
          question,
          ...(is
            ? {
                is: is
                  .split(',')
                  .map((one) => one.trim())
                  .filter(Boolean),
              }
            : {}),
        },
      }
    : {}

function valuesOfQuestion(question: Question | undefined): Record<string, string> {
  const yes = (ticked: boolean | undefined) => (ticked ? 'yes' : '')
  const [from] = question?.from ?? []
  return {
    label: question?.label ?? '',
    kind: question?.kind ?? 'long-text',
    guidance: question?.guidance ?? '',
    options: question?.columns ? columnsToLines(question.columns) : optionsToLines(question?.options),
    codes: question?.codes ?? '',
    several: yes(question?.several),
    required: yes(question?.required),
    shownBy: question?.showWhen?.question ?? '',
    shownIs: question?.showWhen?.is?.join(', ') ?? '',
    about: question?.about ?? 'child',
    siblings: question?.siblings ?? 'each',
    group: question?.group ?? '',
    care: question?.care ?? 'special',
    origin: question?.origin ?? '',
    childMayRead: yes(question?.childMayRead ?? true),
    parentMayRead: yes(question?.parentMayRead ?? true),
    from: from ? ('fact' in from ? from.fact : `${from.form} ${from.question}`) : '',
  }
}
