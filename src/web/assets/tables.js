/**
 * Tables whose rows are all on the page sort in place. Without scripts, and for lists in pages, the heads are links
 * that ask the server.
 */
const collator = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' })

export function startTables() {
  for (const table of document.querySelectorAll('table[data-whole]')) {
    for (const link of table.querySelectorAll('th[aria-sort] a')) {
      link.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        sort(table, link.closest('th'))
      })
    }
  }
}

function sort(table, head) {
  const ascending = head.getAttribute('aria-sort') !== 'ascending'
  const column = [...head.parentElement.children].indexOf(head)
  const key = (row) => {
    const cell = row.cells[column]
    return cell?.dataset.value ?? cell?.textContent.trim() ?? ''
  }
  const body = table.tBodies[0]
  const below = (row) =>
    row.nextElementSibling?.classList.contains('row--below') ? [row.nextElementSibling] : []
  const rows = [...body.rows]
    .filter((row) => !row.classList.contains('row--below'))
    .sort((one, other) => collator.compare(key(one), key(other)) * (ascending ? 1 : -1))
  body.append(...rows.flatMap((row) => [row, ...below(row)]))
  for (const other of head.parentElement.children)
    if (other.hasAttribute('aria-sort')) other.setAttribute('aria-sort', 'none')
  head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending')
  const said = table.parentElement.querySelector('[data-sorted]')
  if (said)
    said.textContent = `Sorted by ${head.textContent.trim()}, ${ascending ? 'ascending' : 'descending'}`
}
