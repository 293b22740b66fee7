/**
 * Keys. An element says which keys press it: data-keys="g w". Only while nobody types, and not at all when the account
 * switched them off.
 */
const typing = (target) => target.closest?.('input, textarea, select, [contenteditable="true"]') !== null

export function startKeys() {
  const dialog = document.getElementById('keys')
  for (const button of document.querySelectorAll('[data-open-keys]')) {
    button.addEventListener('click', () => dialog.showModal())
  }
  document.addEventListener('keydown', fileWithControlEnter)
  if (document.documentElement.dataset.shortcuts === 'off') return

  let before = ''
  let forget
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (typing(event.target) || dialog?.open) return
    if (event.key === '?') {
      event.preventDefault()
      dialog.showModal()
      return
    }
    const wanted = document.querySelector(`[data-key-target="${CSS.escape(event.key)}"]`)
    if (wanted) {
      event.preventDefault()
      wanted.focus()
      wanted.select?.()
      return
    }
    const keys = before ? `${before} ${event.key}` : event.key
    clearTimeout(forget)
    before = ''
    const pressed = visible(keys) ?? visible(event.key)
    if (pressed) {
      event.preventDefault()
      pressed.click()
      return
    }
    if (document.querySelector(`[data-keys^="${CSS.escape(keys)} "]`)) {
      before = keys
      forget = setTimeout(() => {
        before = ''
      }, 1500)
    }
  })
}

const visible = (keys) => document.querySelector(`[data-keys="${CSS.escape(keys)}"]`)

function fileWithControlEnter(event) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  const form = event.target.closest?.('form')
  const button = form?.querySelector('[data-files], button[type="submit"], button:not([type])')
  if (!button) return
  event.preventDefault()
  form.requestSubmit(button)
}
