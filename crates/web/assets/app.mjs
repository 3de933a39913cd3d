// Small enhancements, each optional: countdown, live room, keys, print, and what forms.mjs does for forms.
import { enhanceForms } from './forms.mjs'

import { wordsOf } from './words.mjs'

const words = wordsOf('page')

/** Switches on everything that the page asks for by its attributes. */
export function enhance (root) {
  root.querySelectorAll('[data-countdown]').forEach(countDown)
  enhanceForms(root)
  root.querySelectorAll('[data-live]').forEach(followRoom)
  walkByKeys(root)
  root.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  })
  root.querySelectorAll('[data-clock]').forEach(tick)
}

/** The time left until the moment in the attribute; data-now, here or on the page, is the server's clock. */
function countDown (place) {
  const end = Date.parse(place.dataset.countdown)
  const served = place.dataset.now ?? document.documentElement.dataset.now
  const shift = served ? Date.parse(served) - Date.now() : 0
  if (Number.isNaN(end)) return
  const show = () => {
    const left = Math.floor((end - Date.now() - shift) / 1000)
    if (left <= 0) { place.textContent = words.over; return }
    const [d, h, m, s] = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60]
    place.textContent = d > 0 ? `${d} ${words.days} ${h} ${words.hours}` : `${h} ${words.hours} ${m} ${words.minutes} ${s} ${words.seconds}`
    setTimeout(show, d > 0 ? 60000 : 1000)
  }
  show()
}

/** A running clock in the room, from the server's time in the attribute. */
function tick (place) {
  const shift = Date.parse(place.dataset.clock) - Date.now()
  if (Number.isNaN(shift)) return
  const form = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const show = () => { place.textContent = form.format(new Date(Date.now() + shift)) }
  show()
  setInterval(show, 1000)
}

/** Loads the page again when the server says that the room changed. */
function followRoom (place) {
  const source = new EventSource(place.dataset.live)
  let waiting
  source.addEventListener('changed', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => location.reload(), 300)
  })
  addEventListener('pagehide', () => source.close())
}

/**
 * Keys of a desk: J and K walk through the rows, O opens the row, X ticks it, and the digits follow the link
 * that carries them. On a page without such rows every key follows the link that carries it. Typing in fields is
 * left alone. The table is looked up anew each time, because a filter replaces it.
 */
function walkByKeys (root) {
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=checkbox]),select,textarea')) return
    const key = event.key.toLowerCase()
    const rows = [...root.querySelectorAll('table[data-keys] tbody tr')]
    const at = rows.findIndex((row) => row.classList.contains('app-row-here'))
    if (rows.length === 0) {
      root.querySelector(`[data-press="${CSS.escape(key)}"]`)?.click()
    } else if (key === 'j' || key === 'k') {
      const next = Math.max(0, Math.min(rows.length - 1, at + (key === 'j' ? 1 : -1)))
      rows.forEach((row, index) => row.classList.toggle('app-row-here', index === next))
      rows[next]?.querySelector('[data-open]')?.focus()
      rows[next]?.scrollIntoView({ block: 'nearest' })
    } else if (key === 'o') {
      rows[at]?.querySelector('[data-open]')?.click()
    } else if (key === 'x') {
      rows[at]?.querySelector('input[type=checkbox]')?.click()
    } else if (/^[1-9]$/.test(key)) {
      rows[at]?.querySelector(`[data-press="${key}"]`)?.click()
    }
  })
}
