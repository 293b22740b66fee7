import type { Multipart, MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { refuse } from './errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    checkFormToken(request: FastifyRequest, token: unknown): Promise<void>
  }
}

/** Throws unless the token belongs to this session and was made by this service. */
export async function checkUploadToken(
  this: import('fastify').FastifyInstance,
  request: FastifyRequest,
  token: unknown,
): Promise<void> {
  const probe = new Proxy(request, {
    get: (target, name) => (name === 'body' ? { _csrf: token } : Reflect.get(target, name, target)),
  })
  await new Promise<void>((resolve, reject) => {
    this.csrfProtection(probe, { send: reject } as never, () => resolve())
  })
}

export interface Upload {
  /** The fields that stood before the file in the form. */
  readonly fields: Record<string, string>
  readonly file: MultipartFile
}

/**
 * The files of an upload form, one after the other as streams: nothing is kept in memory. The form macro puts the
 * token first; a file that comes before a good token is not read.
 * @param fields takes what was typed, so that a form sent without a file comes back with its answers
 */
export async function* uploads(
  request: FastifyRequest,
  limits: { fileSize?: number; files?: number } = {},
  fields: Record<string, string> = {},
): AsyncGenerator<Upload> {
  if (!request.isMultipart()) throw refuse(400, 'Choose a file first')
  let trusted = false
  for await (const part of request.parts({ limits }) as AsyncIterable<Multipart>) {
    if (part.type === 'field') {
      if (part.fieldname === '_csrf') {
        await request.server.checkFormToken(request, part.value)
        trusted = true
      } else if (typeof part.value === 'string') {
        fields[part.fieldname] = part.value
      }
      continue
    }
    if (!trusted) throw refuse(403, 'This form was sent from another place than this service')
    if (part.filename === '') {
      part.file.resume()
      continue
    }
    yield { fields: { ...fields }, file: part }
  }
  if (!trusted) throw refuse(403, 'This form was sent from another place than this service')
}
