import type { FastifyRequest } from 'fastify'
import { uploads } from '../../web/upload.ts'
import { type Filing, type FilingTyped, titleOf } from './documents.ts'
import { type ReadEmail, readEmail } from './e-mail.ts'
import { discard, NotTaken, type TakenIn, takeIn, type Vault } from './vault.ts'

const mostFiles = 20

/** A file of a form, with what came inside it. */
interface Received {
  readonly taken: TakenIn
  readonly email: ReadEmail | undefined
  readonly parts: readonly TakenIn[]
}

export interface ReceivedForm {
  readonly fields: Record<string, string>
  readonly files: readonly Received[]
  /** What may not be filed, in words for whoever chose it. */
  readonly refused: readonly string[]
  /** What the scanner found. */
  readonly infections: readonly string[]
}

/** Everything of a form that lies in the store. */
export const storedOf = ({ files }: ReceivedForm): TakenIn[] =>
  files.flatMap(({ taken, parts }) => [taken, ...parts])

/** Takes the files of a form into the vault as they come; nothing of them is filed yet. */
export async function receive(request: FastifyRequest, vault: Vault): Promise<ReceivedForm> {
  const files: Received[] = []
  const refused: string[] = []
  const infections: string[] = []
  const fields: Record<string, string> = {}
  const refuseFile = (name: string, error: unknown) => {
    if (!(error instanceof NotTaken)) throw error
    refused.push(`${name} ${error.message}`)
    if (error.infection) infections.push(error.infection)
  }
  try {
    // What is a little too large is told at the form; what is far too large ends the request.
    const limits = { fileSize: 4 * vault.largest, files: mostFiles }
    for await (const { file } of uploads(request, limits, fields)) {
      try {
        const taken = await takeIn(vault, file.file, file.filename)
        const email = taken.whole && (await readEmail(taken.whole))
        const parts: TakenIn[] = []
        files.push({ taken, email, parts })
        for (const { fileName, bytes } of email?.attachments ?? [])
          try {
            parts.push(await takeIn(vault, inOne(bytes), fileName))
          } catch (error) {
            // What cannot be a document of its own still lies in the e-mail; what is infected lets nothing in.
            if (!(error instanceof NotTaken) || error.infection)
              refuseFile(`${fileName} in the e-mail`, error)
          }
      } catch (error) {
        refuseFile(file.filename, error)
      }
    }
  } catch (error) {
    await discard(vault, storedOf({ fields, files, refused, infections }))
    throw error
  }
  return { fields, files, refused, infections }
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What is filed of each file: an e-mail says itself what it is about, when it was sent and by whom. */
export function filingsOf({ files }: ReceivedForm, typed: FilingTyped): Filing[] {
  return files.map(({ taken, email, parts }) => ({
    taken,
    parts,
    kind: typed.kind,
    title:
      (files.length === 1 ? typed.title : undefined) ??
      email?.subject?.slice(0, 200) ??
      titleOf(taken.fileName),
    documentDate: typed.document_date ?? email?.sentOn,
    from: typed.origin_words ?? email?.from,
  }))
}
