import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noteOnTrail } from '../../access/opening.ts'
import { reading, writing } from '../../access/reading.ts'
import { notFound, refuse } from '../../web/errors.ts'
import {
  blankForm,
  choice,
  type FormView,
  optionalChoice,
  optionalText,
  parseForm,
  text,
  withErrors,
} from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { sessionOf } from '../../web/session.ts'
import { dayOf } from '../../web/words.ts'
import { htmlOf } from '../papers/html.ts'
import { paperOf } from './letters.ts'
import { conditions, filled, type LetterFacts, mergeFields, wrongInTemplate } from './merging.ts'
import { writtenTo } from './needs.ts'
import { paths } from './paths.ts'
import {
  type AddressedTo,
  draftVersion,
  publishVersion,
  type TemplateVersion,
  versionsOf,
} from './templates-store.ts'

/** Who writes templates, and who may publish what another wrote. */
export const keepers = { roles: ['A-ADM', 'A-SM'] } as const

const addressed: Readonly<Record<AddressedTo, string>> = {
  anybody: 'Anybody',
  family: 'Family',
  child: 'The child',
  professional: 'A professional',
}
const addressedCodes = Object.keys(addressed) as [AddressedTo, ...AddressedTo[]]
const most = 20_000
const schema = z.object({
  name: optionalText(80),
  addressed_to: optionalChoice(addressedCodes),
  title: text('Write the line above the letter', 160),
  body: text('Write the words', most),
  child_body: optionalText(most),
  easy_body: optionalText(most),
  why: optionalText(300),
})
const newSchema = schema.extend({
  name: text('Write what the letter is called', 80),
  addressed_to: choice(addressedCodes, 'Choose to whom it goes'),
})

/** Templates of letters: an administrator writes a version and sees it, somebody else publishes it. */
export const letterTemplatePages: FastifyPluginAsync = async (app) => {
  const { db, config, now = () => new Date() } = app.deps
  const only = { config: { access: keepers } } as const
  const writes = (request: FastifyRequest) => sessionOf(request).roles.includes('A-ADM')

  app.get(paths.templates.pattern, only, async (request, reply) => {
    const versions = await reading(db, sessionOf(request), (trx) => versionsOf(trx))
    const codes = [...new Set(versions.map(({ template }) => template))]
    return reply.page('casework/letters/views/templates.njk', {
      title: 'Templates of letters',
      addressed,
      writes: writes(request),
      newHref: paths.templateNew(),
      templates: codes.map((template) => {
        const own = versions.filter((one) => one.template === template)
        return {
          name: own[0]!.name,
          addressedTo: own[0]!.addressedTo,
          href: paths.template({ template }),
          version: own.find(({ publishedAt }) => publishedAt)?.version,
          waiting: own.find(({ publishedAt }) => !publishedAt),
        }
      }),
    })
  })

  app.get(paths.templateNew.pattern, only, (request, reply) =>
    show(
      request,
      reply,
      undefined,
      blankForm({ addressed_to: 'anybody', body: 'Dear {dear},\n\n\n\nYours sincerely,\n{worker}' }),
    ),
  )
  app.post(paths.templateNew.pattern, only, (request, reply) => keep(request, reply, undefined))

  app.get(paths.template.pattern, only, async (request, reply) => {
    const { template } = paths.template.read(request)
    const [latest] = await versions(request, template)
    const { title, body, child_body, easy_body } = latest!
    return show(
      request,
      reply,
      template,
      blankForm({ title, body, child_body: child_body ?? '', easy_body: easy_body ?? '' }),
    )
  })
  app.post(paths.template.pattern, only, (request, reply) =>
    keep(request, reply, paths.template.read(request).template),
  )

  app.post(paths.publish.pattern, only, async (request, reply) => {
    const { template } = paths.publish.read(request)
    const { version } = (request.body ?? {}) as { version?: string }
    const waiting = (await versions(request, template)).find(
      ({ id, publishedAt }) => id === version && !publishedAt,
    )
    if (!waiting) throw notFound()
    await noteOnTrail(db, sessionOf(request), 'setting', {
      purpose: 'a template of a letter is published',
      details: { template, version: waiting.version },
    })
    if (!(await writing(db, sessionOf(request), (trx) => publishVersion(trx, waiting.id))))
      throw refuse(403, 'Somebody else than whoever wrote it publishes a version', {
        title: 'This is not yours to publish',
        next: { text: 'Back to the template', href: paths.template({ template }) },
      })
    return reply.redirect(paths.template({ template }), 303)
  })

  async function versions(request: FastifyRequest, template: string): Promise<TemplateVersion[]> {
    const found = await reading(db, sessionOf(request), (trx) => versionsOf(trx, template))
    if (found.length === 0) throw notFound()
    return found
  }

  async function keep(request: FastifyRequest, reply: FastifyReply, template: string | undefined) {
    const session = sessionOf(request)
    const form = parseForm(template === undefined ? newSchema : schema, request.body)
    if (!form.ok) return show(request, reply, template, form)
    const { title, body, child_body, easy_body, why } = form.value
    const wrong = Object.fromEntries(
      Object.entries({ title, body, child_body, easy_body }).flatMap(([name, words]) => {
        const found = wrongInTemplate(words ?? '')
        return found.length > 0 ? [[name, found.join('. ')]] : []
      }),
    )
    if (Object.keys(wrong).length > 0) return show(request, reply, template, withErrors(form, wrong))
    if ((request.body as { step?: string }).step === 'look') return show(request, reply, template, form)
    const known = template === undefined ? undefined : (await versions(request, template))[0]!
    const name = known?.name ?? form.value.name!
    const code = template ?? codeOf(name)
    if (!code)
      return show(request, reply, template, withErrors(form, { name: 'Write a name with letters in it' }))
    if (!known && (await reading(db, session, (trx) => versionsOf(trx, code))).length > 0)
      return show(request, reply, template, withErrors(form, { name: 'There is a template of this name' }))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const id = await draftVersion(trx, {
          template: code,
          name,
          addressedTo: known?.addressedTo ?? form.value.addressed_to!,
          title,
          body,
          childBody: child_body,
          easyBody: easy_body,
          why,
        })
        if (!id) throw refuse(403, 'Templates are written by an administrator')
        return paths.template({ template: code })
      }),
    )
    return reply.redirect(next, 303)
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string | undefined,
    form: FormView,
  ) {
    if (form.summary.length > 0) reply.code(422)
    const all = template === undefined ? [] : await versions(request, template)
    const waiting = all.find(({ publishedAt }) => !publishedAt)
    const values = form.values as Record<string, string | undefined>
    return reply.page('casework/letters/views/template.njk', {
      title: all[0]?.name ?? 'A new template',
      form,
      fresh: template === undefined,
      writes: writes(request),
      waiting,
      mayPublish: waiting !== undefined && waiting.draftedById !== sessionOf(request).account.id,
      versions: all,
      addressedOptions: addressedCodes.map((value) => ({ value, text: addressed[value] })),
      fields: Object.entries(mergeFields).map(([name, { words }]) => ({ name, words })),
      conditions: Object.entries(conditions).map(([name, { words }]) => ({ name, words })),
      previews: (
        [
          ['Words', values.body, 'family'],
          ['Words for the child', values.child_body, 'child'],
          ['Easy words', values.easy_body, 'family'],
        ] as const
      ).flatMap(([name, body, kind]) =>
        body ? [{ name, html: previewOf(values.title ?? '', body, kind) }] : [],
      ),
      back: paths.templates(),
      action: template === undefined ? paths.templateNew() : paths.template({ template }),
      publishHref: template && paths.publish({ template }),
    })
  }

  /** A template as it will look, for people who do not exist. */
  function previewOf(title: string, body: string, kind: 'family' | 'child'): string {
    const today = dayOf(now())
    const facts: LetterFacts = {
      authority: config.authority.name,
      today,
      children: [{ name: 'Robin Sample' }],
      addressee: {
        ...writtenTo([]),
        kind,
        name: kind === 'child' ? 'Robin Sample' : 'Ms Sample',
        interpreter: true,
        language: 'Polish',
      },
      worker: 'Alex Example',
      workerTitle: 'Social worker',
      workerTelephone: '01632 960 000',
      team: 'Sample team',
      onProtectionPlan: true,
      inCare: true,
      inNeed: true,
    }
    const paper = paperOf(
      {
        to_name: facts.addressee.name,
        to_lines: '1 Sample Street\nSampleton',
        title: filled(title, facts),
        words: filled(body, facts),
        telephone: facts.workerTelephone,
        print: 'ordinary',
        translate_into: undefined,
      },
      {
        authority: facts.authority,
        sender: { name: facts.worker, title: facts.workerTitle, team: facts.team },
        day: today,
        reference: 'P-SAMPLE',
      },
    )
    return htmlOf(paper, 4)
  }
}

/** 'a-visit-nobody-answered' of 'A visit nobody answered'. */
const codeOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
