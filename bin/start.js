#!/usr/bin/env node
// `npm start`. Plain JavaScript that an old Node can read far enough to say that it is too old.
import { watchNpm } from './npm-watch.js'
import { checkNode, prepare } from './prepare.js'

async function main() {
  checkNode()
  // A terminal or a pipe that is gone is no reason to end without stopping the database first.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const told = new AbortController()
  watchNpm(() => told.abort())
  await prepare({ install: true })
  const tsx = await import('tsx/esm/api')
  tsx.register()
  const { startAndWait } = await import('../src/commands/start.ts')
  return startAndWait(told)
}

main()
  .then((status) => process.exit(status))
  .catch((error) => {
    process.stderr.write(`${error.oneLine ? error.message : error.stack}\n`)
    process.exit(2)
  })
