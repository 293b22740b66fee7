import { type TakenIn, takeIn, type Vault } from '../documents/vault.ts'
import { forms, type Rendered } from './render.ts'

/**
 * Takes a rendered paper into the vault; it is nobody’s until its key is kept for whom it is about (`keepFor`) and its rows are
 * filed (`fileDocuments`). What is not filed after all is discarded by the caller.
 * @param name without ending: 'Letter 2026-11-25'
 */
export const takePaper = (vault: Vault, { form, bytes }: Rendered, name: string): Promise<TakenIn> =>
  takeIn(vault, inOne(bytes), `${name}.${forms[form].ending}`)

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
