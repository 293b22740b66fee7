/** A form in flight is not sent again by an impatient second press; the server would file it once in any case. */
export function startForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form.method !== 'post') return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = 'yes'
    setTimeout(() => delete form.dataset.sent, 5000)
  })
  // Coming back to a page with the browser's arrow: the form can be sent again.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
  })
  // A filter that is one choice applies when chosen; its button stays for whoever has no scripts.
  for (const select of document.querySelectorAll('select[data-applies]')) {
    select.addEventListener('change', () => select.form.requestSubmit())
  }
}
