// A form that saves itself: what somebody types is with the server a second later. Nothing is kept on the device, and
// nothing is dropped while there is no answer: it is sent again until there is one.

const soon = 800
const latest = 3000
const again = [2000, 5000, 10_000, 20_000]

export function startDrafts() {
  for (const form of document.querySelectorAll('form[data-draft]')) keepSaved(form)
}

function keepSaved(form) {
  const { id, save, savedAt, versions = {}, cursor, ...said } = JSON.parse(form.dataset.draft)
  const token = form.querySelector('input[name="_csrf"]').value
  const place = document.querySelector('[data-draft-said]')
  const shows = { ...versions }
  let address = save
  const window_ = said.window ?? crypto.randomUUID()
  const stood = {}
  const changed = new Set()
  const decided = new Set()
  let sent = 0
  let timer
  let first
  let under
  let failures = 0
  let over = false

  const names = () => [...new Set([...form.elements].filter(isField).map(({ name }) => name))]
  for (const name of names()) stood[name] = typedIn(form, name)

  function later(wait = soon) {
    first ??= Date.now()
    clearTimeout(timer)
    timer = setTimeout(send, Math.max(0, Math.min(wait, first + latest - Date.now())))
  }

  function look(event) {
    const { name } = event.target
    if (!name || !isField(event.target)) return
    changed.add(name)
    later()
  }
  form.addEventListener('input', look)
  form.addEventListener('change', look)
  // The form as a page shows it again after an error holds words that may not have been saved.
  if (said.unsaved) {
    for (const name of names()) changed.add(name)
    later(0)
  }

  async function send({ leaving = false } = {}) {
    if (over || (under && !leaving)) return
    const now = [...changed]
    if (now.length === 0 && decided.size === 0 && !said.sharedAs) return
    clearTimeout(timer)
    first = undefined
    changed.clear()
    const fields = {}
    for (const name of now) {
      fields[name] = { value: typedIn(form, name), version: shows[name] ?? 0 }
      if (said.sharedAs) fields[name].was = stood[name]
    }
    const settled = [...decided]
    const body = JSON.stringify({
      ...said,
      unsaved: undefined,
      window: window_,
      sent: ++sent,
      fields,
      decided: settled,
      cursor: cursorIn(form),
      shows,
    })
    under = fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-form-token': token },
      body,
      // What is sent as the page goes may be 64 kB at most.
      keepalive: leaving && body.length < 60_000,
    })
    let answer
    try {
      answer = await under
      if (answer.status === 410) return gone()
      if (!answer.ok) throw new Error(String(answer.status))
      failures = 0
      for (const name of settled) decided.delete(name)
      take(await answer.json(), fields)
    } catch {
      for (const name of now) changed.add(name)
      failures += 1
      tell('Not saved yet. Trying again.', true)
    } finally {
      under = undefined
    }
    if (failures > 0) timer = setTimeout(send, again[Math.min(failures, again.length) - 1])
    else if (changed.size > 0) later()
  }

  function take(saved, fields) {
    address = save.replace(id, saved.draft)
    form.querySelector('input[name="_draft"]').value = saved.draft
    for (const [name, version] of Object.entries(saved.versions)) {
      shows[name] = version
      if (fields[name]) stood[name] = fields[name].value
    }
    for (const { name, value, version } of saved.changed) {
      // Typed on meanwhile: the next message brings the two together.
      if (changed.has(name)) continue
      shows[name] = version
      stood[name] = value
      put(form, name, value)
    }
    for (const one of saved.beside) showBeside(one)
    showOthers(saved.others)
    tell(`Saved ${clock(saved.savedAt)}`)
  }

  function gone() {
    over = true
    tell('This was filed or put away in another window. Nothing more is saved here.', true)
  }

  function tell(text, loud = false) {
    if (!place) return
    place.textContent = text
    place.classList.toggle('heading__saved--not', loud)
    if (loud) place.setAttribute('role', 'alert')
    else place.removeAttribute('role')
  }

  /** Two wrote different things in one field: both are shown, one key decides, and until then both are kept. */
  function showBeside({ name, value, version, by }) {
    const field = form.elements[name]
    const box = (field instanceof RadioNodeList ? field[0] : field)?.closest('.govuk-form-group')
    if (!box || box.querySelector('[data-beside]')) return
    const panel = document.createElement('div')
    panel.dataset.beside = ''
    panel.className = 'beside'
    panel.setAttribute('role', 'group')
    panel.setAttribute('aria-label', `${by} wrote something else here`)
    const words = document.createElement('p')
    words.className = 'govuk-body-s'
    words.textContent = `${by} wrote something else here:`
    const theirs = document.createElement('blockquote')
    theirs.textContent = [value].flat().join(', ')
    panel.append(words, theirs)
    const choose = (text, take_) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'small-button'
      button.textContent = text
      button.addEventListener('click', () => {
        shows[name] = version
        stood[name] = value
        const next = take_()
        if (next !== undefined) put(form, name, next)
        panel.remove()
        changed.add(name)
        decided.add(name)
        later(0)
      })
      panel.append(button)
    }
    choose('Keep mine', () => undefined)
    choose('Use theirs', () => value)
    if (typeof value === 'string') choose('Keep both', () => `${value}\n\n${typedIn(form, name)}`)
    box.append(panel)
  }

  function showOthers(others) {
    let line = form.querySelector('[data-draft-others]')
    if (!line && others.length === 0) return
    if (!line) {
      line = document.createElement('p')
      line.dataset.draftOthers = ''
      line.className = 'govuk-body-s quiet'
      line.setAttribute('role', 'status')
      form.prepend(line)
    }
    line.textContent = others
      .map(
        ({ name, field }) => `${name} is writing here too${field ? `, in ‘${labelOf(form, field)}’` : ''}.`,
      )
      .join(' ')
  }

  form.addEventListener('submit', () => {
    over = true
    clearTimeout(timer)
  })
  addEventListener('pageshow', () => {
    over = false
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send({ leaving: true })
  })
  // Unlocked again, or the line is back.
  for (const sign of ['focus', 'online']) addEventListener(sign, () => changed.size > 0 && later(0))
  if (said.sharedAs) {
    setInterval(
      () =>
        document.visibilityState === 'visible' &&
        !document.documentElement.classList.contains('is-covered') &&
        send(),
      5000,
    )
    send()
  }
  if (savedAt) tell(`Saved ${clock(savedAt)}`)
  if (cursor) resume(form, cursor)
}

const isField = (element) =>
  element.name &&
  !element.name.startsWith('_') &&
  !['file', 'submit', 'button', 'password'].includes(element.type)

function typedIn(form, name) {
  const fields = [...form.elements].filter((one) => one.name === name && isField(one))
  if (fields.some(({ type }) => type === 'checkbox'))
    return fields.filter(({ checked }) => checked).map(({ value }) => value)
  if (fields.some(({ type }) => type === 'radio')) return fields.find(({ checked }) => checked)?.value ?? ''
  return fields[0]?.value ?? ''
}

function put(form, name, value) {
  for (const field of [...form.elements].filter((one) => one.name === name && isField(one))) {
    if (field.type === 'checkbox') field.checked = [value].flat().includes(field.value)
    else if (field.type === 'radio') field.checked = field.value === value
    else {
      const { selectionStart, selectionEnd } = field
      const here = document.activeElement === field
      field.value = value
      if (here && selectionStart !== null) field.setSelectionRange?.(selectionStart, selectionEnd)
    }
  }
}

function cursorIn(form) {
  const field = document.activeElement
  if (!field || field.form !== form || !isField(field)) return undefined
  const text = 'selectionStart' in field && ['text', 'textarea', 'search'].includes(field.type)
  return {
    field: field.name,
    start: text ? field.selectionStart : null,
    end: text ? field.selectionEnd : null,
  }
}

function resume(form, { field, start, end }) {
  const found = [...form.elements].find((one) => one.name === field)
  if (!found || location.hash) return
  found.focus()
  if (start !== null && typeof found.setSelectionRange === 'function') found.setSelectionRange(start, end)
}

const labelOf = (form, name) => {
  const field = [...form.elements].find((one) => one.name === name)
  return field?.labels?.[0]?.textContent.trim() ?? 'the form'
}

const clock = (moment) =>
  new Date(moment).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/London',
  })
