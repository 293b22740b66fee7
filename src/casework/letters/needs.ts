/** How somebody is to be written to, read from what they answered (people/communication.ts). */
export interface WrittenTo {
  readonly language: string | undefined
  readonly interpreter: boolean
  readonly largePrint: boolean
  readonly easyRead: boolean
}

interface Answer {
  readonly topic: 'language' | 'interpreter' | 'communication' | 'adjustment'
  readonly answer: string
  readonly words: string | null
}

const largePrint = /large(r)? (print|letters|type)|big (print|letters)|\b(1[6-9]|2\d)[ -]?(pt|point)/i
const easyRead = /easy[ -]?read|short sentences|simple words|symbols|pictures/i

/** Pure. What nobody answered changes nothing. */
export function writtenTo(answers: readonly Answer[]): WrittenTo {
  const known = answers.filter(({ answer, words }) => answer === 'known' && words)
  const said = (...topics: string[]) =>
    known.filter(({ topic }) => topics.includes(topic)).map(({ words }) => words!)
  const language = said('language').find((words) => !/^english\b/i.test(words.trim()))
  return {
    language,
    interpreter: said('interpreter').length > 0,
    largePrint: said('communication', 'adjustment').some((words) => largePrint.test(words)),
    easyRead: said('communication', 'adjustment').some((words) => easyRead.test(words)),
  }
}
