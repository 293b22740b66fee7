// After the idle minutes, or by the button, the page covers itself where it stands: nothing typed is lost, and unlocking
// gives back the cursor. Without scripts the lock is a page of its own.

const { idle, seen, lock, unlock } = document.documentElement.dataset
const signs = new BroadcastChannel('signs of life')
let last = Date.now()
let told = Date.now()
let cover

export function startLock() {
  if (!idle) return
  for (const sign of ['keydown', 'pointerdown', 'wheel', 'touchstart'])
    addEventListener(sign, alive, { passive: true, capture: true })
  signs.addEventListener('message', ({ data }) => {
    if (data === 'locked') lockedElsewhere()
    else if (data === 'unlocked') uncover()
    else last = Date.now()
  })
  setInterval(look, 5000)
  // A closed lid stops the clock: look at once when it opens.
  document.addEventListener('visibilitychange', look)
  addEventListener('pageshow', look)
  for (const form of document.querySelectorAll(`form[action="${lock}"]`)) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      lockNow()
    })
  }
}

/** Somebody is there: the other tabs know, and once a minute the server does. */
function alive() {
  if (cover) return
  last = Date.now()
  if (last - told < 60_000) return
  told = last
  signs.postMessage('alive')
  fetch(seen, { headers: { accept: 'application/json' } })
    .then((answer) => answer.status === 401 && lockedElsewhere())
    .catch(() => undefined)
}

function lockedElsewhere() {
  coverPage()
  cover.held = true
  return showUnlock()
}

function look() {
  if (!cover && Date.now() - last > Number(idle) * 60_000) lockNow()
  else if (cover && !cover.querySelector('form, a')) showUnlock()
}

async function lockNow() {
  coverPage()
  const token = document.querySelector(`form[action="${lock}"] input[name="_csrf"]`)?.value ?? ''
  const answer = await fetch(lock, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: token }),
  }).catch(() => undefined)
  if (cover && answer?.type === 'opaqueredirect') cover.held = true
  signs.postMessage('locked')
  await showUnlock()
}

function coverPage() {
  if (cover) return
  cover = document.createElement('dialog')
  cover.className = 'cover'
  cover.setAttribute('aria-label', 'Locked')
  // Escape closes a dialog at the second press, whatever 'cancel' says; where this is known, at none.
  cover.setAttribute('closedby', 'none')
  cover.before = document.activeElement
  cover.addEventListener('cancel', (event) => event.preventDefault())
  // Whatever closes it, it opens again until somebody has proven who they are.
  cover.addEventListener('close', () => cover?.showModal())
  document.documentElement.classList.add('is-covered')
  document.body.append(cover)
  cover.showModal()
}

function uncover() {
  if (!cover) return
  const { before } = cover
  cover.remove()
  cover = undefined
  last = told = Date.now()
  document.documentElement.classList.remove('is-covered')
  before?.focus?.()
}

/** The page that unlocks, inside the cover. */
async function showUnlock() {
  const then = location.pathname + location.search
  const address = `${unlock}?${new URLSearchParams({ then })}`
  const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!cover) return
  if (!answer)
    return show('<p class="govuk-body">There is no connection. This page stays locked until there is.</p>')
  if (!answer.redirected) return show(mainOf(await answer.text()))
  // Signed out meanwhile: sign in, and come back here.
  if (new URL(answer.url).pathname.startsWith('/sign-in')) location.assign(answer.url)
}

// Only its main part is read: the head has a style that belongs to that page's own policy.
const mainOf = (text) => text.slice(text.indexOf('>', text.indexOf('<main')) + 1, text.indexOf('</main>'))

function show(html) {
  cover.innerHTML = html
  for (const link of cover.querySelectorAll('a[href*="/sign-in/directory"]')) link.target = '_blank'
  for (const form of cover.querySelectorAll('form')) form.addEventListener('submit', send)
  cover.querySelector('input:not([type=hidden])')?.focus()
}

async function send(event) {
  const form = event.target
  // Signing out leaves the page in earnest.
  if (!form.action.includes(unlock)) return
  event.preventDefault()
  const answer = await fetch(form.action, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(new FormData(form)),
  }).catch(() => undefined)
  if (!answer) return
  if (answer.type === 'opaqueredirect') {
    signs.postMessage('unlocked')
    uncover()
  } else show(mainOf(await answer.text()))
}

// Unlocked in another tab, or with the directory: asked when the page is looked at again.
addEventListener('focus', async () => {
  if (!cover?.held) return
  const answer = await fetch(seen, { headers: { accept: 'application/json' } }).catch(() => undefined)
  if (answer?.ok) uncover()
})
