import type { Command } from 'commander'
import { makeKeyFile } from '../database/backup/sealed-file.ts'
import { writeBackup } from '../database/backup/write.ts'
import { withOwnDatabase } from '../database/own-database.ts'
import { version } from '../version.ts'

interface Wishes {
  key: string
  makeKey?: boolean
  json?: boolean
}

/** `cairn backup FILE`: the whole database in one encrypted file; the service may run. */
export function define(command: Command): void {
  command
    .argument('<file>', 'the file to write')
    .requiredOption(
      '--key <file>',
      'the key file; one with the public key alone will do. Keep the secret one elsewhere',
    )
    .option('--make-key', 'make the key file first')
    .option('--json', 'for programs')
    .action(async (file: string, { key, makeKey, json }: Wishes) => {
      if (makeKey) await makeKeyFile(key)
      const { tables } = await withOwnDatabase((addresses) => writeBackup(addresses, file, key, version))
      process.stdout.write(
        json ? `${JSON.stringify({ file, tables })}\n` : `Backed up ${tables} tables into ${file}\n`,
      )
    })
}
