import { z } from 'zod'
import { choice, optionalChoice, optionalText, text, wholeNumber } from './form.ts'

/** A field of a form that is written as a list: what is asked, and how it is answered. */
export interface ListedField {
  readonly name: string
  readonly label: string
  /** words: several lines; line: one; choice: one of `options`; scale: 0 to 4. */
  readonly kind: 'words' | 'line' | 'choice' | 'scale'
  readonly hint?: string
  readonly options?: Readonly<Record<string, string>>
  readonly optional?: boolean
}

type Rest = Pick<ListedField, 'hint' | 'optional'>
export const wordsField = (name: string, label: string, rest: Rest = {}): ListedField => ({
  name,
  label,
  kind: 'words',
  ...rest,
})
export const lineField = (name: string, label: string, rest: Rest = {}): ListedField => ({
  name,
  label,
  kind: 'line',
  ...rest,
})
export const choiceField = (
  name: string,
  label: string,
  options: Readonly<Record<string, string>>,
  rest: Rest = {},
): ListedField => ({ name, label, kind: 'choice', options, ...rest })

/** What a list of fields takes; what is missing is said with the field's own words. */
export const schemaOfFields = (fields: readonly ListedField[]) =>
  Object.fromEntries(
    fields.map(({ name, label, kind, options, optional }) => {
      if (kind === 'scale') return [name, wholeNumber(`${label} Choose from 0 to 4`, 0, 4)]
      if (kind === 'choice') {
        const codes = Object.keys(options!) as [string, ...string[]]
        return [name, optional ? optionalChoice(codes) : choice(codes, `Choose: ${label.toLowerCase()}`)]
      }
      return [name, optional ? optionalText(5000) : text(`Say it: ${label.toLowerCase()}`, 5000)]
    }),
  ) as Record<string, z.ZodType>

/** Answers as they are read, in the order of the form. */
export const shownFields = (fields: readonly ListedField[], body: Readonly<Record<string, unknown>>) =>
  fields.flatMap(({ name, label, options }) => {
    const value = body[name]
    if (value === undefined || value === null || value === '') return []
    const said = String(value)
    return [{ key: label, value: options && Object.hasOwn(options, said) ? options[said]! : said }]
  })

/** Codes and their words as choices of a field. */
export const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, text]) => ({ value, text }))

/** Fields as the template wants them. */
export const fieldsForPage = (fields: readonly ListedField[]) =>
  fields.map((one) => ({
    ...one,
    choices: one.options && optionsOf(one.options),
  }))

/** What is added to the fields of every such form: nothing else is taken. */
export const listedForm = <T extends z.ZodRawShape>(fields: readonly ListedField[], more: T) =>
  z.object({ ...schemaOfFields(fields), ...more })
