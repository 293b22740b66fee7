/**
 * While somebody types who is to be added, the people who may be meant are shown beside the form: [data-likely] asks
 * that address in each pause, for each asking is on the trail. Without scripts the form's first button does the same.
 */
const pause = 600
const asked = [
  'who',
  'forename',
  'middle',
  'surname',
  'otherName',
  'born',
  'expected',
  'postcode',
  'telephone',
  'nhsNumber',
  'upn',
]

export function startLikelyPeople() {
  for (const part of document.querySelectorAll('[data-likely]')) showBeside(part)
}

function showBeside(part) {
  const place = part.querySelector('[data-likely-place]')
  const form = part.closest('form')
  let waiting
  let asking
  let before = ''

  const ask = async () => {
    const typed = new FormData(form)
    const body = new URLSearchParams({ _csrf: typed.get('_csrf') ?? '' })
    for (const name of asked) body.set(name, typed.get(name) ?? '')
    const enough =
      (typed.get('surname') ?? '').length + (typed.get('forename') ?? '').length > 2 || typed.get('nhsNumber')
    if (!enough || body.toString() === before) return
    before = body.toString()
    asking?.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(part.dataset.likely + location.search, {
        method: 'POST',
        body,
        headers: { accept: 'text/html' },
        redirect: 'error',
        signal: asking.signal,
      })
      if (!answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      place.replaceChildren(...[...page.body.childNodes].map((node) => document.adoptNode(node)))
    } catch {
      // Typed on, or the line is broken or the session locked: the button still looks.
    }
  }

  part.addEventListener('input', (event) => {
    clearTimeout(waiting)
    if (!event.isComposing && !place.contains(event.target)) waiting = setTimeout(ask, pause)
  })
  // Refused for another reason: whoever may be meant is still worth a look.
  if (document.querySelector('.govuk-error-summary')) ask()
}
