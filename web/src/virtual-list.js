// A list of any length, of which only what is seen is in the page. Arrow keys, Home, End and page keys move, Enter opens.
import { el, unique } from './dom.js'

// Browsers do not lay out higher elements.
const HIGHEST = 16_000_000
const AROUND = 6

// `render(item, index)` makes the children of a row; `open(item, index)` is called when it is chosen.
export function virtualList ({ label, items, height, render, open, selected = -1 }) {
  const prefix = unique('row')
  const space = el('div', { class: 'space', role: 'presentation' })
  const list = el('div', { class: 'list', role: 'listbox', tabindex: 0, 'aria-label': label }, space)
  const note = el('p', { class: 'muted', hidden: true })
  const node = el('div', { class: 'virtual' }, list, note)
  let all = items
  let active = selected
  let shown = new Map()
  let asked = false

  const most = Math.floor(HIGHEST / height)
  const length = () => Math.min(all.length, most)

  function draw () {
    asked = false
    const first = Math.max(0, Math.floor(list.scrollTop / height) - AROUND)
    const end = Math.min(length(), Math.ceil((list.scrollTop + (list.clientHeight || 600)) / height) + AROUND)
    const wanted = new Map()
    for (let index = first; index < end; index++) wanted.set(index, shown.get(index) ?? row(index))
    if (active >= 0 && active < length() && !wanted.has(active)) wanted.set(active, shown.get(active) ?? row(active))
    for (const [index, old] of shown) if (!wanted.has(index)) old.remove()
    for (const [index, it] of wanted) {
      if (!it.isConnected) space.append(it)
      it.setAttribute('aria-selected', String(index === active))
    }
    shown = wanted
    if (active >= 0 && active < length()) list.setAttribute('aria-activedescendant', `${prefix}-${active}`)
    else list.removeAttribute('aria-activedescendant')
  }

  function row (index) {
    return el('div', {
      class: 'row',
      role: 'option',
      id: `${prefix}-${index}`,
      'aria-setsize': length(),
      'aria-posinset': index + 1,
      style: { transform: `translateY(${index * height}px)`, height: `${height}px` },
      onclick: () => { move(index); open(all[index], index) }
    }, render(all[index], index))
  }

  function move (index) {
    active = Math.max(0, Math.min(length() - 1, index))
    const top = active * height
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight
    draw()
  }

  list.addEventListener('scroll', () => {
    if (!asked) requestAnimationFrame(draw)
    asked = true
  })
  list.addEventListener('keydown', event => {
    const page = Math.max(1, Math.floor(list.clientHeight / height) - 1)
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: length() - 1
    }[event.key]
    if (to !== undefined && length() > 0) {
      event.preventDefault()
      move(to)
    } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) {
      event.preventDefault()
      open(all[active], active)
    }
  })
  new ResizeObserver(draw).observe(list)

  function update (next, chosen = -1) {
    all = next
    active = chosen
    for (const old of shown.values()) old.remove()
    shown = new Map()
    space.style.height = `${length() * height}px`
    list.style.maxHeight = `${Math.max(1, length()) * height + 2}px`
    note.hidden = all.length <= most
    note.textContent = `The first ${most.toLocaleString('en')} of ${all.length.toLocaleString('en')}; filters show the rest.`
    if (chosen < 0) list.scrollTop = 0
    draw()
  }
  update(items, selected)
  return { node, update, redraw: () => update(all, active), reveal: move }
}
