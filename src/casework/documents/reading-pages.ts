import { Readable } from 'node:stream'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../../access/open-or-refuse.ts'
import { reading, writing } from '../../access/reading.ts'
import { originSaid, originWords } from '../../people/origins.ts'
import { paths as peoplePaths } from '../../people/paths.ts'
import { showPart } from '../../people/record.ts'
import { notFound, refuse } from '../../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../../web/form.ts'
import { listState } from '../../web/list.ts'
import { sessionOf } from '../../web/session.ts'
import { paths } from '../paths.ts'
import { rightRecord } from '../right-record.ts'
import { sizeWords, wrongRecordSchema } from './documents.ts'
import { type DocumentKept, documentOf, documentsOf, moveRows, partsOf, takeBack } from './documents-store.ts'
import { readEmail } from './e-mail.ts'
import { documentGroups, documentKinds } from './kinds.ts'
import { lookOf, textOf } from './media-types.ts'
import { moveFiles } from './moving.ts'
import { vaultOf } from './services.ts'
import { type Lost, openDocument } from './vault.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const groups = [...documentGroups]
const perPage = 50
/** Words longer than this are downloaded, not shown on the page. */
const mostShown = 512 * 1024

/** Why a document cannot be shown, for whoever wants to read it. */
const lostWords: Readonly<Record<Lost, string>> = {
  'key-gone': 'Its key is not in the store of keys, so nobody can open it.',
  'key-unfit': 'Its key does not open: it was changed, or belongs to another server’s key.',
  'bytes-gone': 'The file itself is missing from the store of documents.',
  'bytes-changed': 'The file in the store is not the one that was filed: it was changed or cut short.',
}
const whatThen =
  'Tell whoever runs this service: it may be in a backup. What the record says about it stands.'

/** A child's documents: the list, one with its facts, the file itself, and taking one off the wrong record. */
export const documentReadingPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.documents.pattern, open, async (request, reply) => {
    const { person } = paths.documents.read(request)
    const query = request.query as Record<string, string | string[] | undefined>
    const kinds = [query.kind].flat().filter((one) => one !== undefined && Object.hasOwn(documentKinds, one))
    const words = [query.words].flat()[0]?.trim().slice(0, 200) || undefined
    const list = listState(request, { sorts: ['day'], perPage })
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading the list of documents',
        groups,
        heading: 'Documents',
        template: 'casework/views/documents.njk',
      },
      async ({ trx, opened }) => ({
        ...(await documentsOf(trx, opened.people, {
          kinds: kinds as string[],
          words,
          offset: list.offset,
          most: list.perPage,
        })),
        list,
        kinds: documentKinds,
        origins: originWords,
        chosenKinds: kinds,
        looked: words,
        sizeWords,
        action: paths.documents({ person }),
        newHref: paths.documentNew({ person }),
        mayWrite: opened.level === 'full',
      }),
    )
  })

  app.get(paths.document.pattern, open, (request, reply) =>
    show(request, reply, 'document.njk', 'Document', blankForm()),
  )

  app.get(paths.documentLook.pattern, open, async (request, reply) => {
    const document = await bytesOf(request, reply, 'view', paths.documentLook.read(request))
    if (!document) return reply
    const look = lookOf(document.kept.media)
    // Words are shown on the document’s own page, where they cannot be anything but words.
    if (look !== 'pdf' && look !== 'image') throw notFound()
    return hand(reply, document, 'inline', look)
  })

  app.get(paths.documentDownload.pattern, open, async (request, reply) => {
    const document = await bytesOf(request, reply, 'download', paths.documentDownload.read(request))
    return document ? hand(reply, document, 'attachment') : reply
  })

  app.get(paths.documentMove.pattern, open, (request, reply) =>
    show(request, reply, 'document-move.njk', 'On the wrong record', blankForm({ to: 'somebody' })),
  )

  app.post(paths.documentMove.pattern, open, async (request, reply) => {
    const { person, document } = ask(paths.documentMove.read(request))
    const session = sessionOf(request)
    const form = parseForm(wrongRecordSchema, request.body)
    const again = (view: FormView) => show(request, reply, 'document-move.njk', 'On the wrong record', view)
    if (!form.ok) return again(form)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'taking a document off the wrong record',
      groups,
      action: 'write',
    })
    if (!opened) return reply
    const { to, person: number, reason } = form.value
    const { kept, parts } = await reading(db, session, async (trx) => ({
      kept: await documentOf(trx, opened.people, document),
      parts: await partsOf(trx, document),
    }))
    if (!kept || kept.partOf) throw notFound()
    if (!opened.writable.includes(kept.group))
      return again(withErrors(form, { to: 'You may read this document but not change where it stands' }))
    if (to === 'error') {
      if (!(await writing(db, session, (trx) => takeBack(trx, kept, reason)))) throw notFound()
      return reply.redirect(paths.documents({ person }), 303)
    }
    const right = await rightRecord(request, number!, { what: 'a document', groups, needed: kept.group })
    if (!right)
      return again(
        withErrors(form, {
          person:
            'Nobody on whose record you may file this has that number. It stands in the bar above their record',
        }),
      )
    if (opened.people.includes(right))
      return again(withErrors(form, { person: 'That is the record it stands in now' }))
    const moved = await moveFiles(vaultOf(app), [kept, ...parts], right, () =>
      writing(db, session, (trx) => moveRows(trx, document, right, reason)),
    )
    if (moved === 'there')
      return again(
        withErrors(form, { person: 'It stands on that record already: say it was filed here in error' }),
      )
    if (moved === 'lost')
      return again(withErrors(form, { to: `${lostWords['key-gone']} It cannot be moved. ${whatThen}` }))
    if (moved === 'not-moved') throw notFound()
    return reply.redirect(paths.document({ person: right, document }), 303)
  })

  /** A document's bytes, each time with a line of its own on the trail; undefined when the answer has been sent. */
  async function bytesOf(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'view' | 'download',
    asked: { person: string; document: string },
  ) {
    const { person, document } = ask(asked)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: `${action === 'view' ? 'looking at' : 'downloading'} document ${document}`,
      groups,
      action,
    })
    if (!opened) return undefined
    const kept = await reading(db, sessionOf(request), (trx) => documentOf(trx, opened.people, document))
    if (!kept) throw notFound()
    const found = await openDocument(vaultOf(app), kept, kept.size)
    if ('lost' in found)
      throw refuse(503, `${lostWords[found.lost]} ${whatThen}`, {
        title: 'This document cannot be opened',
        next: { text: 'What the record says about it', href: paths.document({ person, document }) },
      })
    return { kept, bytes: found.bytes }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    heading: string,
    form: FormView,
  ): Promise<unknown> {
    const { person, document } = ask(paths.document.read(request))
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: `reading document ${document}`,
        groups,
        heading,
        template: `casework/views/${template}`,
      },
      async ({ trx, opened, knownAt }) => {
        const kept = await documentOf(trx, opened.people, document)
        if (!kept) throw notFound()
        return {
          document: kept,
          parts: await partsOf(trx, document),
          whole: kept.partOf && (await documentOf(trx, opened.people, kept.partOf)),
          kinds: documentKinds,
          from: originSaid({ ...kept }) || kept.origin_words,
          size: sizeWords(kept.size),
          ...(template === 'document.njk' ? await content(kept) : {}),
          form,
          mayWrite: opened.level === 'full' && !knownAt,
          listHref: paths.documents({ person }),
          lookHref: paths.documentLook({ person, document }),
          downloadHref: paths.documentDownload({ person, document }),
          moveHref: paths.documentMove({ person, document }),
          historyHref: peoplePaths.fact({ person, table: 'document', fact: document }),
        }
      },
    )
  }

  /** What of a document its page itself shows: its words, an e-mail as it is read; and whether it can be opened at all. */
  async function content(kept: DocumentKept) {
    const look = lookOf(kept.media)
    const found = await openDocument(vaultOf(app), kept, kept.size)
    if ('lost' in found) return { lost: lostWords[found.lost], whatThen }
    if ((look !== 'text' && look !== 'e-mail') || kept.size > mostShown * (look === 'e-mail' ? 100 : 1)) {
      await found.bytes.return(undefined)
      return { look: look === 'pdf' || look === 'image' ? look : undefined }
    }
    const bytes = await wholeOf(found.bytes)
    if (look === 'text') return { look, words: textOf(bytes) }
    const email = await readEmail(bytes)
    return email
      ? { look, email: { ...email, attachments: email.attachments.map((one) => one.fileName) } }
      : {}
  }
}

async function wholeOf(bytes: AsyncGenerator<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const one of bytes) all.push(one)
  return Buffer.concat(all)
}

function ask<T extends { document: string }>(found: T): T {
  if (!uuid.test(found.document)) throw notFound()
  return found
}

/**
 * Sends a file so that a browser takes it for nothing but what it is: no guessing, no script, no frame around it. A
 * sandbox keeps Chromium from showing PDF at all; its viewer runs nothing of this origin.
 */
function hand(
  reply: FastifyReply,
  { kept, bytes }: { kept: DocumentKept; bytes: AsyncGenerator<Buffer> },
  how: 'inline' | 'attachment',
  look?: 'pdf' | 'image',
): FastifyReply {
  const plain = kept.fileName.replace(/[^\w .()-]/g, '_')
  const exact = encodeURIComponent(kept.fileName).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  )
  return reply
    .header('content-disposition', `${how}; filename="${plain}"; filename*=UTF-8''${exact}`)
    .header('content-length', kept.size)
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header(
      'content-security-policy',
      look === 'pdf'
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        : "default-src 'none'; frame-ancestors 'none'; sandbox",
    )
    .type(kept.media)
    .send(Readable.from(bytes, { objectMode: false }))
}
