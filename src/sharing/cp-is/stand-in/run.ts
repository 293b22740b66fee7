import { rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { StandIn } from './stand-in.ts'

/** The stand-in of the NHS as a program: `node --import tsx run.ts FOLDER [NAME]`. It ends when its input does. */
const [folder, name = 'Example Children’s Trust'] = process.argv.slice(2)
if (!folder) {
  process.stderr.write('Say in which folder the stand-in keeps what it knows.\n')
  process.exit(2)
}
// Whoever looks at pages goes first.
setPriority(10)
// What an earlier one wrote leads nowhere any more.
rmSync(`${folder}/settings.json`, { force: true })
const standIn = await new StandIn({
  folder,
  learns: true,
  remembers: true,
  answersAfter: 2_000,
  settings: { pollSeconds: 5, name },
}).start()
const end = () => void standIn.stop().then(() => process.exit(0))
process.stdin.resume()
process.stdin.on('end', end)
process.stdin.on('error', end)
process.on('SIGTERM', end)
process.on('SIGINT', () => undefined)
