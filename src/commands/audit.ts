import type { Command } from 'commander'
import { folderWitness } from '../audit/folder-witness.ts'
import { forPrograms, reportLines } from '../audit/report.ts'
import { sealSettings } from '../audit/settings.ts'
import { type Verification, verifyTrail } from '../audit/verify.ts'
import { NoWitness } from '../audit/witness.ts'
import { UnusableInput } from '../cli.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Wishes {
  witness?: string
  json?: boolean
}

/**
 * `cairn audit verify`: proves the trail against the last root that the witness holds. Exit status 0 when it is proved,
 * 1 when something was found, 2 when there is no witness to prove it against.
 */
export function define(command: Command): void {
  const verify = command
    .command('verify')
    .description('prove the trail of readings against what the witness holds')
    .option('--witness <folder>', 'the witness’s folder, where it is not the one of CAIRN_WITNESS')
    .option('--json', 'for programs')
    .action(async ({ witness: given, json }: Wishes) => {
      const folder = given ?? sealSettings().witnessFolder
      if (!folder) {
        throw new UnusableInput(
          'CAIRN_WITNESS is not set: say where the witness’s folder is, or --witness FOLDER.',
        )
      }
      const found = await withJobsDatabase((db) => prove(db, folder))
      process.stdout.write(
        json ? `${JSON.stringify(forPrograms(found))}\n` : `${reportLines(found).join('\n')}\n`,
      )
      Object.assign(verify, { status: found.proved ? 0 : 1 })
    })
}

async function prove(db: Parameters<typeof verifyTrail>[0], folder: string): Promise<Verification> {
  const show = process.stderr.isTTY
  try {
    return await verifyTrail(db, folderWitness(folder), {
      progress: (done, total) => {
        if (show)
          process.stderr.write(`\r${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} lines`)
      },
    })
  } catch (error) {
    if (error instanceof NoWitness) throw new UnusableInput(error.message)
    throw error
  } finally {
    if (show) process.stderr.write('\r\u001b[K')
  }
}
