import { expect, test } from 'vitest'
import { htmlOf } from './html.ts'
import { type Paper, placesOf, unprintable } from './paper.ts'
import { pdfOf } from './pdf.ts'
import { type Form, forms, render, renderAll } from './render.ts'
import { textOf } from './text-of.ts'

const made = new Date('2026-11-25T10:00:00Z')
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><rect x="1" y="1" width="90" height="40" fill="none" stroke="black"/><text x="10" y="25" font-size="12">Grandmother</text></svg>'
const letter: Paper = {
  title: 'A visit on Tuesday',
  authority: 'Fellshire Council',
  letter: {
    to: ['Ms Kowalska', '4 Mill Lane', 'Fellbridge', 'FB1 4AA'],
    from: ['Sam Okoro', 'Social worker, Team 2', '01632 960 101'],
    date: '2026-11-25',
    reference: 'ABC123',
  },
  foot: 'Private',
  blocks: [
    {
      kind: 'paragraph',
      text: 'Dear Ms Kowalska <b>&amp; family</b>, żółć: “thank you” – Ülkü’s office; ff fi ffl.',
    },
    { kind: 'heading', text: 'What we will talk about' },
    { kind: 'list', items: ['School', ['Bed', { strong: 'times' }]] },
    {
      kind: 'facts',
      rows: [
        { key: 'When', value: 'Tuesday at 14:05' },
        { key: 'Never shown', value: '' },
      ],
    },
    {
      kind: 'table',
      caption: 'Who comes',
      columns: [{ text: 'Name', share: 2 }, { text: 'Since' }],
      rows: [
        ['Callum Reid', 'June'],
        ['Dr Iqbal', [{ strong: 'May' }]],
      ],
    },
    { kind: 'picture', svg: drawing, words: 'A grandmother in a box' },
    { kind: 'new-page' },
    { kind: 'paragraph', text: 'Overleaf\nand a second line' },
  ],
}
const said = [
  'A visit on Tuesday',
  'Fellshire Council',
  'Ms Kowalska',
  '4 Mill Lane',
  'FB1 4AA',
  'Sam Okoro',
  '25 November 2026',
  'ABC123',
  'Private',
  '<b>&amp; family</b>',
  'żółć',
  '“thank you” – Ülkü’s office',
  'ff fi ffl',
  'What we will talk about',
  'School',
  'Bedtimes',
  'Tuesday at 14:05',
  'Who comes',
  'Callum Reid',
  'June',
  'Dr Iqbal',
  'Overleaf',
]
const packed = (text: string) => text.replace(/\s+/g, '')

test.each(Object.keys(forms) as Form[])(
  'all that a paper says can be read back from its %s',
  async (form) => {
    const rendered = await render(letter, form, made)
    const text = packed(textOf(rendered))
    for (const words of said) expect(text).toContain(packed(words))
    expect(text).toContain('Grandmother')
    expect(text).not.toContain(packed('Never shown'))
    if (form !== 'pdf') expect(text).toContain(packed('A grandmother in a box'))
  },
)

test('the same paper and moment give the same bytes, and another paper others', async () => {
  const [one, again, other] = await Promise.all([
    renderAll(letter, made),
    renderAll(structuredClone(letter), made),
    renderAll({ ...letter, foot: 'Changed' }, made),
  ])
  for (const [n, { bytes }] of one!.entries()) {
    expect(again![n]!.bytes.equals(bytes)).toBe(true)
    expect(other![n]!.bytes.equals(bytes)).toBe(false)
  }
})

test('a PDF says its language and title; several papers are one file, each numbered by itself', async () => {
  const pdf = await pdfOf(
    [letter, { ...letter, print: 'large', title: 'The second' }],
    made,
    'Letters to print',
  )
  const file = pdf.toString('latin1')
  expect(file).toContain('/Lang (en-GB)')
  expect(file).toContain('/DisplayDocTitle true')
  const text = textOf({ form: 'pdf', bytes: pdf }).replace(/\s+/g, ' ')
  expect(text).toContain('Letters to print')
  expect(text.match(/Page 1 of \d/g)).toHaveLength(2)
  expect(text).toContain('Page 1 of 2')
})

test('what stands in a paper is text wherever it comes from', () => {
  const html = htmlOf(letter, 2)
  expect(html).toContain('&#60;b&#62;')
  expect(html).toContain('<h2>A visit on Tuesday</h2>')
  expect(html).toContain('<h3>What we will talk about</h3>')
})

test('each place of a paper has its words and a name; writing the PDF has no letters for is told', () => {
  const places = placesOf(letter)
  expect(places.find(({ place }) => place === 'the address block')?.text).toContain('FB1 4AA')
  expect(places.find(({ place }) => place === 'paragraph 2')?.text).toContain('Overleaf')
  expect(unprintable(letter)).toEqual([])
  expect(unprintable({ ...letter, blocks: [{ kind: 'paragraph', text: 'Dear محمد and 李明' }] })).toEqual([
    'محمد',
    '李明',
  ])
})
