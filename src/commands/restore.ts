import type { Command } from 'commander'
import { restoreBackup } from '../database/backup/restore.ts'
import { withOwnDatabase } from '../database/own-database.ts'

/** `cairn restore FILE`: fills a new database with a backup, all or nothing. */
export function define(command: Command): void {
  command
    .argument('<file>', 'the file that cairn backup wrote')
    .requiredOption('--key <file>', 'the key file with the secret key')
    .option('--json', 'for programs')
    .action(async (file: string, { key, json }: { key: string; json?: boolean }) => {
      const { made, tables } = await withOwnDatabase((addresses) => restoreBackup(addresses, file, key), {
        migrateEmbedded: true,
      })
      process.stdout.write(
        json
          ? `${JSON.stringify({ file, made, tables })}\n`
          : `Restored ${tables} tables as they stood at ${made}\n`,
      )
    })
}
