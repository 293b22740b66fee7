/**
 * A search box suggests people as somebody types: input[data-suggests] asks that address in each pause, for each asking
 * is on the trail. Arrows choose, Enter opens, Escape closes; with nothing chosen Enter searches as without scripts.
 */
const pause = 300
const fewestLetters = 2

export function startSuggestions() {
  let count = 0
  for (const input of document.querySelectorAll('input[data-suggests]')) {
    count += 1
    suggestFor(input, `suggestions-${count}`)
  }
}

function suggestFor(input, id) {
  const place = document.createElement('div')
  place.className = 'suggestions-place'
  place.hidden = true
  const said = document.createElement('p')
  said.className = 'govuk-visually-hidden'
  said.setAttribute('role', 'status')
  input.parentElement.append(place, said)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')

  let waiting
  let asking
  let asked = ''
  let chosen = -1
  const options = () => [...place.querySelectorAll('[role="option"]')]

  const choose = (at) => {
    chosen = at
    for (const [place, option] of options().entries()) {
      option.setAttribute('aria-selected', String(place === at))
      if (place === at) option.scrollIntoView({ block: 'nearest' })
    }
    const option = options()[at]
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
  }

  const close = () => {
    clearTimeout(waiting)
    asking?.abort()
    place.hidden = true
    said.textContent = ''
    asked = ''
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-controls')
    choose(-1)
  }

  const show = (page) => {
    const parts = [...page.querySelectorAll('.suggestions')]
    place.replaceChildren(...parts.map((part) => document.adoptNode(part)))
    const found = options()
    for (const [at, option] of found.entries()) option.id = `${id}-${at + 1}`
    const list = place.querySelector('[role="listbox"]')
    if (list) {
      list.id = id
      input.setAttribute('aria-controls', id)
    } else input.removeAttribute('aria-controls')
    place.hidden = parts.length === 0
    input.setAttribute('aria-expanded', String(found.length > 0))
    choose(-1)
    said.textContent = found.length
      ? `${found.length} suggested, arrow keys choose, Enter opens`
      : place.textContent.trim()
  }

  const ask = async () => {
    const typed = input.value.trim()
    if (typed.length < fewestLetters) return close()
    if (typed === asked) return
    asked = typed
    asking?.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(`${input.dataset.suggests}?q=${encodeURIComponent(typed)}`, {
        headers: { accept: 'text/html' },
        redirect: 'error',
        signal: asking.signal,
      })
      if (!answer.ok) return close()
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (document.activeElement === input && input.value.trim() === typed) show(page)
    } catch {
      // Typed on, or the line is broken or the session locked: the search itself still works.
    }
  }

  input.addEventListener('input', (event) => {
    clearTimeout(waiting)
    if (!event.isComposing) waiting = setTimeout(ask, pause)
  })
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const last = options().length - 1
    if (event.key === 'Enter') {
      const option = options()[chosen]
      clearTimeout(waiting)
      if (!option) return
      event.preventDefault()
      location.assign(option.dataset.href)
    } else if (event.key === 'Escape' && !place.hidden) {
      event.preventDefault()
      close()
    } else if (!place.hidden && last >= 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      const next = chosen === -1 && step === -1 ? last : chosen + step
      choose(next > last ? -1 : next)
    }
  })
  input.addEventListener('blur', close)
  // The press must not take the focus away before it has chosen.
  place.addEventListener('mousedown', (event) => event.preventDefault())
  place.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]')
    if (option) location.assign(option.dataset.href)
  })
}
