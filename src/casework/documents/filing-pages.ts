import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../../access/open-or-refuse.ts'
import { type Opened, openRecords } from '../../access/opening.ts'
import { reading, writing } from '../../access/reading.ts'
import { clientWords } from '../../access/sessions.ts'
import { originOptions, originRow } from '../../people/origins.ts'
import { showPart } from '../../people/record.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { sessionOf } from '../../web/session.ts'
import { formatAge } from '../../web/words.ts'
import { paths } from '../paths.ts'
import { type FilingTyped, filingSchema, sizeWords } from './documents.ts'
import { fileDocuments, groupOfKind } from './documents-store.ts'
import { documentGroups, documentKinds } from './kinds.ts'
import { acceptedEndings } from './media-types.ts'
import { filingsOf, type ReceivedForm, receive, storedOf } from './receiving.ts'
import { vaultOf } from './services.ts'
import { siblingsOf } from './siblings.ts'
import { discard, keepFor } from './vault.ts'

const groups = ['F07', ...documentGroups]

/** Filing documents: several files at once, for as many children of a family as they are about. */
export const documentFilingPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.documentNew.pattern, open, (request, reply) =>
    show(request, reply, blankForm({ received_on: 'today', child_may_read: 'yes', parent_may_read: 'yes' })),
  )

  app.post(paths.documentNew.pattern, open, async (request, reply) => {
    const vault = vaultOf(app)
    const received = await receive(request, vault)
    let people: string[] = []
    let filed = false
    const drop = () => discard(vault, storedOf(received), people)
    // What is not filed is gone before anybody is told so.
    const again = async (view: FormView) => {
      await drop()
      return show(request, reply, view)
    }
    try {
      const form = parseForm(filingSchema, received.fields)
      const opened = await openToWrite(request, reply, received)
      if (!opened) {
        await drop()
        return reply
      }
      const errors = received.files.length + received.refused.length === 0 ? noFiles : refusedOf(received)
      if (!form.ok || Object.keys(errors).length > 0)
        return await again(withErrors(form, { ...form.errors, ...errors }))
      const asked = [opened.person, ...ticked(form.value).filter((one) => one !== opened.person)]
      const closed = await closedOf(request, opened, asked, form.value)
      if (closed) return await again(withErrors(form, closed))
      people = asked
      for (const taken of storedOf(received)) await keepFor(vault, taken, people)
      const { received_on, child_may_read, parent_may_read } = form.value
      const next = await writing(db, sessionOf(request), (trx) =>
        once(trx, form, sessionOf(request).account.id, async () => {
          const ids = await fileDocuments(trx, people, filingsOf(received, form.value), {
            receivedOn: received_on,
            ...originRow(form.value),
            childMayRead: child_may_read,
            parentMayRead: parent_may_read,
          })
          // From here on a failure may be of the answer alone: better bytes left over than a document without.
          filed = true
          return ids.length === 1
            ? paths.document({ person: opened.person, document: ids[0]! })
            : paths.documents({ person: opened.person })
        }),
      )
      // The form was sent twice, and the first time filed it.
      if (!filed) await drop()
      return reply.redirect(next, 303)
    } catch (error) {
      if (!filed) await drop()
      throw error
    }
  })

  /** The trail keeps that somebody tried to file what the scanner refused, and what it was. */
  function openToWrite(request: FastifyRequest, reply: FastifyReply, { infections }: ReceivedForm) {
    const { person } = paths.documentNew.read(request)
    const purpose =
      infections.length > 0
        ? `filing a document, refused by the scanner: ${infections.join(', ').slice(0, 200)}`
        : 'filing documents'
    return openOrRefuse(request, reply, person, { purpose, groups, action: 'write' })
  }

  /** What keeps these people's records from taking a document of this kind, by field. */
  async function closedOf(
    request: FastifyRequest,
    opened: Opened,
    people: readonly string[],
    { kind }: FilingTyped,
  ): Promise<Record<string, string> | undefined> {
    const session = sessionOf(request)
    const answers = await openRecords(db, session, people.slice(1), {
      purpose: 'filing documents',
      groups: [...documentGroups],
      action: 'write',
      client: clientWords(request),
      correlation: request.id,
    })
    const group = await reading(db, session, (trx) => groupOfKind(trx, kind))
    if (!opened.writable.includes(group))
      return { kind: 'You may read this record but not file documents of this kind on it' }
    const shut = answers.filter((one) => !one.allowed || !one.writable.includes(group)).length
    return shut === 0
      ? undefined
      : {
          also: `You may not file documents of this kind on the record of ${shut === 1 ? 'one' : shut} of these children. Take them off; their worker files it there`,
        }
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: FormView): Promise<unknown> {
    const { person } = paths.documentNew.read(request)
    const vault = vaultOf(app)
    if (form.summary.length > 0) reply.code(422)
    let siblings: Awaited<ReturnType<typeof siblingsOf>> = []
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'filing documents',
        groups,
        heading: 'File documents',
        template: 'casework/views/document-form.njk',
        before: async (opened) => {
          siblings = await siblingsOf(request, opened)
        },
      },
      async ({ on }) => ({
        form,
        siblings: siblings.map(({ id, name, born }) => ({
          id,
          text: born ? `${name}, ${formatAge(born, on)}` : name,
        })),
        kinds: Object.entries(documentKinds).map(([value, text]) => ({ value, text })),
        origins: originOptions,
        accept: acceptedEndings,
        largest: sizeWords(vault.largest),
        action: paths.documentNew({ person }),
        listHref: paths.documents({ person }),
      }),
    )
  }
}

const noFiles = { files: 'Choose the files' }

const ticked = ({ also }: FilingTyped): string[] => Object.keys(also).filter((one) => also[one])

/** All or nothing: whoever sends six files of which one is refused knows that none is filed. */
const refusedOf = ({ refused }: ReceivedForm): Record<string, string> =>
  refused.length === 0
    ? {}
    : {
        files: `Nothing was filed. ${refused.join('. ')}. Choose the files again without what cannot be filed`,
      }
