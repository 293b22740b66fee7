/** The part of html-to-text that is used here; it brings no types. */
declare module 'html-to-text' {
  export function convert(
    html: string,
    options?: {
      wordwrap?: number | false
      limits?: { maxInputLength?: number; maxDepth?: number }
      selectors?: { selector: string; format?: string; options?: Record<string, unknown> }[]
    },
  ): string
}
