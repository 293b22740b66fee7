import { type Child, filled, isShortBreak, type Review, rule } from '../ssda903.ts'

const saysSomething = ({ REVIEW, REVIEW_CODE }: Review) => filled(REVIEW) || filled(REVIEW_CODE)

/** Of a child with short breaks only neither reviews nor motherhood are asked. */
export default rule({
  code: '399',
  from: '2022-23',
  needs: 'Episodes Header Reviews',
  flags: 'Episodes.LS Header.MOTHER Reviews.REVIEW Reviews.REVIEW_CODE',
  message:
    'The child has short breaks (V3, V4) only, and there is a mother marker or a review. Remove it, or correct the legal status.',
  eachChild: (child, report) => {
    const { Episodes, header, Reviews } = child
    if (!hasShortBreaksOnly(child)) return
    if (filled(header.MOTHER)) report(...Episodes, header, ...Reviews)
    else if (Reviews.some(saysSomething)) report(...Episodes, header, ...Reviews.filter(saysSomething))
  },
})

const hasShortBreaksOnly = ({ Episodes }: Child) => Episodes.length > 0 && Episodes.every(isShortBreak)
