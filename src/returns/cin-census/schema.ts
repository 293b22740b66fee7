import { readFileSync } from 'node:fs'
import { type ErrorDetail, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import type { Collection } from './collection.ts'

/** One thing in a file that the schema of its collection does not allow. */
export interface SchemaProblem {
  line: number
  /** Where in the file: /Message/Children/Child[3]/CINdetails/ReferralSource. */
  place: string
  /** Which child, counted from 1 in the text that was checked; null when it is about the file. */
  child: number | null
  what: string
}

/**
 * The schema of one collection (schema/*.xsd, written from format.md). Everything it asks is asked of one child or of
 * the header, never of children together: a large file can be checked some children at a time.
 */
export class CensusSchema {
  readonly #validator: XsdValidator

  constructor(collection: Pick<Collection, 'name'>) {
    // The year's file includes the common one by its name.
    xmlRegisterFsInputProviders()
    const file = new URL(`schema/${collection.name}.xsd`, import.meta.url)
    const text = XmlDocument.fromBuffer(readFileSync(file), { url: file.pathname })
    try {
      this.#validator = XsdValidator.fromDoc(text)
    } finally {
      text.dispose()
    }
  }

  /** @returns what is wrong with a whole, well-formed message; nothing when it would load */
  problemsOf(xml: string | Uint8Array): SchemaProblem[] {
    let message: XmlDocument | undefined
    try {
      message = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml)
      this.#validator.validate(message)
      return []
    } catch (error) {
      if (error instanceof XmlLibError) return error.details.map(problemOf)
      throw error
    } finally {
      message?.dispose()
    }
  }

  dispose(): void {
    this.#validator.dispose()
  }
}

function problemOf({ message, line, xpath = '' }: ErrorDetail): SchemaProblem {
  const child = /^\/Message\/Children\/Child(?:\[(\d+)\])?\//.exec(xpath)
  return { line, place: xpath, child: child && Number(child[1] ?? 1), what: inPlainWords(message) }
}

/** libxml2's commonest complaints, as a person who keeps the record would say them. */
function inPlainWords(message: string): string {
  const element = /^Element '(\w+)': /.exec(message)?.[1] ?? ''
  // Those that may be left out come first in the list; the last one may not.
  const wanted = /Expected is(?: one of)? \( (?:.*, )?(\w+) \)/.exec(message)?.[1]
  if (message.includes('Missing child element')) return `${element}: ${wanted} is missing`
  if (message.includes('not expected'))
    return wanted ? `${wanted} is missing, or ${element} is out of place` : `${element} is out of place`
  const value = /(?:The value |^.*: )'(.*?)' is (?:not|less)/.exec(message)?.[1]
  if (value !== undefined) return `${element}: ‘${value}’ is not written as the DfE expects`
  if (message.includes('element-only')) return `${element}: there is text between its elements`
  return message.trim()
}
