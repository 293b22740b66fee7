import type { Command } from 'commander'
import { type Checked, checkDocuments } from '../casework/documents/checking.ts'
import { vaultFor } from '../casework/documents/services.ts'
import type { Lost } from '../casework/documents/vault.ts'
import { UnusableInput } from '../cli.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Wishes {
  remove?: boolean
  json?: boolean
}

/**
 * `cairn documents check`: whether every document of the record can be opened, and what lies in the stores that none
 * needs. Exit status 0 when all agree, 1 when something was found, 2 where no place for documents is set.
 */
export function define(command: Command): void {
  const check = command
    .command('check')
    .description('compare the record with the stores of documents and keys')
    .option('--remove', 'take away what no document has needed for more than a day')
    .option('--json', 'for programs')
    .action(async ({ remove = false, json }: Wishes) => {
      const found = await withJobsDatabase(async (db, config) => {
        const vault = await vaultFor(config)
        if (!vault)
          throw new UnusableInput(
            'CAIRN_DOCUMENTS, CAIRN_DOCUMENT_KEYS and CAIRN_DOCUMENT_KEY are not set: there are no documents.',
          )
        return checkDocuments(db, vault, { remove })
      })
      process.stdout.write(json ? `${JSON.stringify(found)}\n` : `${linesOf(found).join('\n')}\n`)
      const left = found.leftBytes.length + found.leftKeys.length - found.removed
      Object.assign(check, { status: found.gaps.length + left > 0 ? 1 : 0 })
    })
}

const why: Readonly<Record<Lost, string>> = {
  'key-gone': 'its key is missing',
  'key-unfit': 'its key does not open with CAIRN_DOCUMENT_KEY',
  'bytes-gone': 'its bytes are missing',
  'bytes-changed': 'its bytes are not as many as were stored',
}

const counted = (n: number, one: string, many: string) =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`

function linesOf({ documents, gaps, leftBytes, leftKeys, removed }: Checked): string[] {
  return [
    `${counted(documents, 'document', 'documents')} of the record, ${gaps.length === 0 ? 'each with its bytes and its key' : `${gaps.length} that cannot be opened:`}`,
    ...gaps.map((gap) => `  ${gap.document}: ${why[gap.why]} (${gap.stored}, ${gap.person})`),
    ...(leftBytes.length + leftKeys.length > 0
      ? [
          `Left over: ${counted(leftBytes.length, 'file', 'files')}, ${counted(leftKeys.length, 'key', 'keys')}${removed > 0 ? ', removed' : '. --remove takes them away'}`,
        ]
      : []),
  ]
}
