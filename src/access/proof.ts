import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { optionalText } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { deskOf } from './desk.ts'
import { tryProof } from './sign-in.ts'
import { waitWords } from './words.ts'

/** Fields of a form that asks again who sits there; add them to the form's own schema. */
export const proofFields = {
  password: z.string().max(1000).optional(),
  code: optionalText(20),
}

/** What a page needs to ask for proof (`proof` macro of access/views/parts.njk). */
export interface ProofView {
  /** Proven within the last minutes: nothing is asked. */
  readonly fresh: boolean
  readonly method: 'local' | 'directory'
  readonly asksCode: boolean
}

export async function proofView(app: FastifyInstance, request: FastifyRequest): Promise<ProofView> {
  const session = sessionOf(request)
  const { rows } = await sql<{
    fresh: boolean | null
  }>`select access.is_proven(${session.secret}) as fresh`.execute(app.deps.db)
  return {
    fresh: rows[0]?.fresh ?? false,
    method: session.method ?? 'local',
    asksCode: await deskOf(app).codeIsAsked(session.account.id),
  }
}

/**
 * Checks what was typed, unless proof is fresh enough.
 * @returns undefined when proven, or what to say at the form's field `password`
 */
export async function prove(
  app: FastifyInstance,
  request: FastifyRequest,
  typed: { password?: string | undefined; code?: string | undefined },
): Promise<string | undefined> {
  const { fresh, method } = await proofView(app, request)
  if (fresh) return undefined
  if (method === 'directory') return 'Prove again who you are: use the link below, then send this once more'
  if (!typed.password) return 'Write your password'
  const attempt = await tryProof(
    deskOf(app),
    sessionOf(request).secret,
    { password: typed.password, code: typed.code },
    request.ip,
  )
  if (attempt.kind === 'right') return undefined
  if (attempt.kind === 'wait')
    return `There were too many tries. ${waitWords(attempt.seconds)}, then try again`
  return 'That is not your password and code. Look at each, and try again with the next code'
}
