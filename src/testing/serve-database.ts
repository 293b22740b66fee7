import { casework } from '../casework/area.ts'
import { openConnection } from '../database/connection.ts'
import { forms } from '../forms/area.ts'
import { people } from '../people/area.ts'
import { buildServer } from '../web/server.ts'
import type { TestDatabase } from './database.ts'
import { housed } from './visitor.ts'

/**
 * The pages of people, notes and drafts over a test's database as a process of their own, which a test may kill: started with `fork`, it says when
 * it is ready, listens when told to, and says on which port. The database's address comes as its argument.
 */
const app = openConnection({ url: process.argv[2]!, name: 'test, to be killed', most: 10 })
const server = await buildServer({ ...housed({ app } as TestDatabase, { areas: [people, casework, forms] }) })
process.on('disconnect', () => process.exit())
process.on('message', async () => {
  await server.listen({ port: 0, host: '127.0.0.1' })
  process.send!({ port: (server.server.address() as { port: number }).port })
})
process.send!('ready')
