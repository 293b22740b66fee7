/** What depends on how wide and high things turned out. */
export function startMeasures() {
  const identity = document.querySelector('[data-identity]')
  const measure = () => {
    if (identity) {
      const height = Math.floor(identity.getBoundingClientRect().height)
      document.documentElement.style.setProperty('--identity-height', `${height}px`)
    }
    for (const place of document.querySelectorAll('[data-scrolls]')) reachable(place)
  }
  measure()
  addEventListener('resize', measure)
  document.addEventListener('toggle', measure, true)
}

/** A place that scrolls sideways can be reached with Tab and has a name; one that does not is no stop on the way. */
function reachable(place) {
  if (place.scrollWidth > place.clientWidth) {
    place.tabIndex = 0
    place.setAttribute('role', 'region')
    place.setAttribute('aria-label', place.dataset.scrolls)
  } else {
    place.removeAttribute('tabindex')
    place.removeAttribute('role')
    place.removeAttribute('aria-label')
  }
}
