import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { reading, writing } from '../access/reading.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { wordSet } from './mapping.ts'
import { fieldsOfWords, sayWord, signWords, type WordRow, wordsOf } from './mapping-store.ts'
import { analysts } from './menu.ts'
import { paths } from './paths.ts'

/** What a select says for a word that stands for nothing. */
const nothing = 'nothing'
/** As many words as a page can bear; the others come when these are said. */
const shownWords = 200

const saying = z.looseObject({ word: z.record(z.string(), z.string()).optional() })
const signing = z.looseObject({ shown: z.string() })

/** Local words of other systems: what each stands for, said and signed off. */
export const mappingPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: analysts } } as const

  app.get(paths.words.pattern, open, async (request, reply) => {
    const fields = await reading(db, sessionOf(request), (trx) => fieldsOfWords(trx))
    return reply.page('importing/views/words.njk', {
      title: 'Local words',
      fields: fields.map((one) => ({ ...one, set: wordSet(one.code_set).title })),
    })
  })

  app.get(paths.wordsOfField.pattern, open, async (request, reply) => show(request, reply))

  app.post(paths.wordsOfField.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const place = paths.wordsOfField.read(request)
    const form = parseForm(saying, request.body)
    if (!form.ok) return show(request, reply, form)
    const typed = form.value.word ?? {}
    const words = await find(request)
    const wrong = Object.fromEntries(
      words.flatMap(({ id, code_set }) => {
        const value = typed[id]
        const known = value === undefined || value === '' || value === nothing || isCode(code_set, value)
        return known ? [] : [[`word[${id}]`, 'Choose one of the list']]
      }),
    )
    if (Object.keys(wrong).length > 0) return show(request, reply, withErrors(form, wrong))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        for (const { id } of words) {
          const value = typed[id]
          if (value) await sayWord(trx, session, id, value === nothing ? null : value)
        }
        return paths.wordsOfField(place)
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.signWords.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const place = paths.signWords.read(request)
    const form = parseForm(signing, request.body)
    const shown = new Date(form.ok ? form.value.shown : '')
    if (!form.ok || Number.isNaN(shown.getTime())) throw notFound()
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await signWords(trx, session, place.system, place.field, shown)
        return paths.wordsOfField(place)
      }),
    )
    return reply.redirect(next, 303)
  })

  async function find(request: FastifyRequest): Promise<WordRow[]> {
    const { system, field } = request.params as { system: string; field: string }
    const words = await reading(db, sessionOf(request), (trx) => wordsOf(trx, system, field))
    if (words.length === 0) throw notFound()
    return words
  }

  async function show(request: FastifyRequest, reply: FastifyReply, refused?: FormView) {
    const { system, field } = request.params as { system: string; field: string }
    const words = await find(request)
    const { title, options } = wordSet(words[0]!.code_set)
    const data = {
      title: `${title}: local words`,
      system,
      field,
      words: words.slice(0, shownWords),
      more: Math.max(0, words.length - shownWords),
      unsigned: words.filter((one) => isSaid(one) && one.signed_at === null).length,
      options: [
        ...options.map(({ value, text }) => ({ value, text: value === text ? text : `${value}: ${text}` })),
        { value: nothing, text: 'It means nothing: leave the field empty' },
      ],
      form:
        refused ??
        blankForm(
          Object.fromEntries(
            words.map((one) => [`word[${one.id}]`, one.nothing ? nothing : (one.code ?? '')]),
          ),
        ),
      sign: blankForm({ shown: new Date().toISOString() }),
      shown: new Date().toISOString(),
    }
    return refused
      ? reply.again('importing/views/words-of-field.njk', data)
      : reply.page('importing/views/words-of-field.njk', data)
  }
}

const isSaid = ({ code, nothing: none }: WordRow) => code !== null || none
const isCode = (set: string, value: string) => wordSet(set).options.some((one) => one.value === value)
