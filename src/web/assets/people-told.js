/**
 * While a contact is written down, who may be meant is shown beside it with every earlier worry: [data-told] asks that
 * address in each pause after a name, a date or a choice, and never for anything else, since each asking is on the trail.
 */
const pause = 500
const heard = /^(?:person\[\d+\]\[(?:name|born|as|is)\]|also\[|shown$|toldRestricted$)/

export function startPeopleTold() {
  for (const part of document.querySelectorAll('[data-told]')) showBeside(part)
}

function showBeside(part) {
  const place = part.querySelector('[data-told-place]')
  const form = part.closest('form')
  let waiting
  let asking
  // What was written before this ran has not been looked for.
  let before = place.querySelector('fieldset') ? said(form) : ''

  const ask = async () => {
    const body = asked(form)
    if (said(form) === before) return
    before = said(form)
    body.set('_csrf', new FormData(form).get('_csrf') ?? '')
    asking?.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(part.dataset.told, {
        method: 'POST',
        body,
        headers: { accept: 'text/html' },
        redirect: 'error',
        signal: asking.signal,
      })
      if (!answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const at = document.activeElement?.id
      place.replaceChildren(...[...page.body.childNodes].map((node) => document.adoptNode(node)))
      if (at) document.getElementById(at)?.focus()
    } catch {
      // Typed on, or the line is broken or the session locked: the button still looks.
    }
  }

  const later = (event) => {
    if (event.isComposing || !heard.test(event.target.name ?? '')) return
    clearTimeout(waiting)
    waiting = setTimeout(ask, event.type === 'change' ? 0 : pause)
  }
  part.addEventListener('input', later)
  part.addEventListener('change', later)
  if (!before && /name/.test(said(form))) ask()
}

function asked(form) {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (heard.test(name) && value) body.append(name, value)
  return body
}

/** What was typed and chosen, without who was shown for it. */
function said(form) {
  const body = asked(form)
  for (const name of ['shown', 'toldRestricted']) body.delete(name)
  return body.toString()
}
