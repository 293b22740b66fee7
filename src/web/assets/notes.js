/** A visit or note: only the fields that this kind and these children need, and marks put before a paragraph by a key. */
export function startNotes() {
  for (const place of document.querySelectorAll('[data-note]')) follow(place)
}

function follow(place) {
  const form = place.closest('form')
  const show = () => {
    const kind = form.elements.kind.value
    const others = new Set(
      [...form.querySelectorAll('input[name="others"]:checked')].map(({ value }) => value),
    )
    for (const one of form.querySelectorAll('[data-visit-only]')) one.hidden = kind !== 'visit'
    for (const one of form.querySelectorAll('[data-several-only]')) one.hidden = others.size === 0
    for (const one of form.querySelectorAll('[data-child]')) {
      one.hidden = !('first' in one.dataset) && !others.has(one.dataset.child)
      const seen = form.querySelector(`input[name="child[${one.dataset.child}][seen]"]:checked`)?.value
      const because = form.elements[`child[${one.dataset.child}][because]`]?.closest('.govuk-form-group')
      if (because) because.hidden = seen !== 'not-seen'
    }
    const exactly = form.elements.whereWords?.closest('.govuk-form-group')
    if (exactly) exactly.hidden = form.elements.where.value !== 'elsewhere'
    const words = form.elements.significantWords?.closest('.govuk-form-group')
    if (words) words.hidden = !form.querySelector('input[name="significant"]:checked')
  }
  form.addEventListener('change', show)
  show()

  // The first thing to say stands ready; a draft puts the cursor where it was.
  const draft = JSON.parse(form.dataset.draft ?? '{}')
  if (!draft.cursor && !document.querySelector('.govuk-error-summary')) {
    const first =
      form.elements.kind.value === 'visit'
        ? form.querySelector('[data-first] input[type="radio"]')
        : form.elements.what
    first?.focus({ preventScroll: true })
  }

  let box = form.elements.what
  form.addEventListener('focusin', ({ target }) => {
    if ('marks' in target.dataset) box = target
  })
  form.addEventListener('click', ({ target }) => {
    const word = target.closest('[data-mark]')?.dataset.mark
    if (word) putMark(box, word)
  })
  form.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !('marks' in (event.target.dataset ?? {}))) return
    const buttons = [...form.querySelectorAll('[data-mark]')]
    const chosen = buttons[Number(event.code.replace('Digit', '')) - 1]
    if (!event.code.startsWith('Digit') || !chosen) return
    event.preventDefault()
    putMark(event.target, chosen.dataset.mark)
  })
  for (const [n, button] of [...form.querySelectorAll('[data-mark]')].entries())
    if (n < 9) button.title = `Alt and ${n + 1}`
}

/** Puts a mark before the paragraph in which the cursor stands, or takes it away. */
function putMark(box, word) {
  const { value, selectionStart } = box
  const before = value.slice(0, selectionStart)
  const start = before.lastIndexOf('\n\n') < 0 ? 0 : before.lastIndexOf('\n\n') + 2
  const mark = `[${word}] `
  const has = value.startsWith(mark, start)
  box.setRangeText(has ? '' : mark, start, has ? start + mark.length : start, 'preserve')
  const moved = selectionStart + (has ? -mark.length : mark.length)
  box.focus()
  box.setSelectionRange(Math.max(start, moved), Math.max(start, moved))
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
