// Questions of a form that another answer on the same page decides are hidden until it does. Without scripts they stand
// there, with the condition in words.

export function startConditions() {
  for (const part of document.querySelectorAll('[data-shown-by]')) {
    const { name, is } = JSON.parse(part.dataset.shownBy)
    const form = part.closest('form')
    if (!form) continue
    const look = () => {
      const chosen = new FormData(form).getAll(name).filter((value) => value !== '')
      part.hidden = !chosen.some((value) => !is || is.includes(value))
      const question = part.closest('.question')
      if (question)
        question.hidden = [...question.querySelectorAll('[data-shown-by]')].every((one) => one.hidden)
    }
    form.addEventListener('change', look)
    form.addEventListener('input', look)
    look()
  }
}
