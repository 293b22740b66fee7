/** Long work: fetches its own piece of the page every two seconds, less often when nobody looks, until it is done. */
export function startProgress() {
  for (const place of document.querySelectorAll('[data-progress]')) follow(place)
}

async function follow(place) {
  for (;;) {
    const running = place.querySelector('[data-running]')
    if (!running) return
    await new Promise((resolve) => setTimeout(resolve, document.hidden ? 15_000 : 2_000))
    try {
      const answer = await fetch(place.dataset.progress, {
        headers: { accept: 'text/html' },
        redirect: 'error',
      })
      if (!answer.ok) continue
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = page.querySelector('.progress')
      if (!next) continue
      place.replaceChildren(document.adoptNode(next))
      if (!next.querySelector('[data-running]') && next.hasAttribute('data-reload')) location.reload()
    } catch {
      // The line is broken or the session is locked: ask again later.
    }
  }
}
