import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildServer, type ServerDeps } from '../../src/web/server.ts'
import { stubDeps, stubSession } from '../../src/web/stub.ts'

export interface Service {
  readonly app: FastifyInstance
  readonly address: string
  stop(): Promise<void>
}

/** Listens on a port of its own, on this machine only. */
export async function startService(deps: ServerDeps): Promise<Service> {
  const app = await buildServer(deps)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return { app, address: `http://127.0.0.1:${port}`, stop: () => app.close() }
}

/** The house alone, without a database: everybody is signed in with these roles. For tests of parts and layout. */
export function startHouse(roles: readonly string[] = ['A-SW']): Promise<Service> {
  const deps = stubDeps()
  return startService({ ...deps, sessions: { ...deps.sessions, resolve: async () => stubSession(roles) } })
}
