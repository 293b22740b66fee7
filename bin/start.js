#!/usr/bin/env node
// `npm start`. Plain JavaScript that an old Node can read far enough to say that it is too old.
import { prepare } from './prepare.js'

prepare({ install: true })
  .then(() => import('tsx/esm/api'))
  .then((tsx) => {
    tsx.register()
    return import('../src/commands/start.ts')
  })
  .then((command) => command.startAndWait())
  .then((status) => process.exit(status))
  .catch((error) => {
    process.stderr.write(`${error.oneLine ? error.message : error.stack}\n`)
    process.exit(2)
  })
