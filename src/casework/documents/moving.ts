import { lostOf, type Vault } from './vault.ts'

/** A file of a document that is to change its record. */
interface File {
  readonly stored: string
  readonly person: string
  readonly size: number
}

/**
 * Moves documents to the record they belong in: the right person is given a key first, then the rows move, then the
 * wrong person's key is destroyed. Stopped in between, a key is left over, which `cairn documents check` finds; never a
 * document without one.
 * @param rows moves the rows and says whether it did
 * @returns `lost` where a key is missing already, `there` where the file is on that record
 */
export async function moveFiles(
  vault: Vault,
  files: readonly File[],
  to: string,
  rows: () => Promise<boolean>,
): Promise<'moved' | 'not-moved' | 'lost' | 'there'> {
  for (const { stored, person, size } of files) {
    if ((await vault.keys.unwrap({ stored, person: to })) !== undefined) return 'there'
    const lost = await lostOf(vault, { stored, person }, size)
    if (lost === 'key-gone' || lost === 'key-unfit') return 'lost'
  }
  for (const { stored, person } of files) {
    const key = await vault.keys.unwrap({ stored, person })
    await vault.keys.wrap({ stored, person: to }, key as Buffer)
  }
  const forget = async (whose: (file: File) => string) => {
    for (const file of files) await vault.keys.destroy({ stored: file.stored, person: whose(file) })
  }
  let moved = false
  try {
    moved = await rows()
  } catch (error) {
    await forget(() => to)
    throw error
  }
  await forget(moved ? ({ person }) => person : () => to)
  return moved ? 'moved' : 'not-moved'
}
