import type { FastifyRequest } from 'fastify'
import { notFound } from '../../web/errors.ts'
import { type CheckRun, type Chosen, findCheck, type Transaction } from './store.ts'

/* What the addresses of checks ask for. */

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** One's own; somebody else's is not there. */
export async function mustFind(trx: Transaction, id: string): Promise<CheckRun> {
  const run = isId(id) ? await findCheck(trx, id) : undefined
  if (run === undefined) throw notFound()
  return run
}

export const oneOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = [(request.query as Record<string, string | string[] | undefined>)[name]].flat()[0]
  return value === '' ? undefined : value
}

/** What a list of findings is narrowed to; what makes no sense narrows nothing. */
export function chosenOf(request: FastifyRequest): Chosen {
  const among = <T extends string>(name: string, values: readonly T[]) =>
    values.find((value) => value === oneOf(request, name))
  const team = oneOf(request, 'team')
  return {
    rule: oneOf(request, 'rule'),
    kind: among('kind', ['error', 'query']),
    table: oneOf(request, 'table'),
    ticked: among('ticked', ['yes', 'no']),
    team: team === 'none' || (team !== undefined && isId(team)) ? team : undefined,
  }
}
