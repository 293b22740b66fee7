/** On a phone the parts of a record are one line that is pushed sideways: the one that is open stands in sight. */
export function showOpenPart() {
  const open = document.querySelector('.side__link[aria-current]')
  const line = open?.closest('.side__list')
  if (line && line.scrollWidth > line.clientWidth)
    line.scrollLeft = open.offsetLeft - line.offsetLeft - (line.clientWidth - open.offsetWidth) / 2
}

/** A menu in the header closes on Escape, on a press elsewhere, and when another opens. */
export function startMenus() {
  const menus = [...document.querySelectorAll('[data-drop]')]
  document.addEventListener('click', (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false
  })
  for (const menu of menus) {
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return
      menu.open = false
      menu.querySelector('summary').focus()
    })
    menu.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false
    })
  }
}
