// Tables of moderate length, which can be sorted by their heads; beyond `most` rows a button shows the rest.
import { el, replace } from './dom.js'
import { count } from './format.js'

// columns: [{ head, cell(row) -> node or text, sort?(row), number? }]
export function table (columns, rows, { caption, most = 50, by = null, empty = 'Nothing here.' } = {}) {
  if (rows.length === 0) return el('p', { class: 'muted' }, empty)
  let order = by === null ? null : { column: by, down: true }
  let limit = most
  const body = el('tbody')
  const more = el('p')
  const heads = columns.map((column, index) => {
    if (!column.sort) return el('th', { scope: 'col', class: column.number && 'number' }, column.head)
    return el('th', { scope: 'col', class: column.number && 'number' }, el('button', { type: 'button', class: 'sort', onclick: () => {
      order = { column: index, down: order?.column === index ? !order.down : Boolean(column.number) }
      draw()
    } }, column.head))
  })
  function draw () {
    let sorted = rows
    if (order) {
      const key = columns[order.column].sort
      const sign = order.down ? -1 : 1
      sorted = [...rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)]
        if (x === y) return 0
        if (x === null || x === undefined) return 1
        if (y === null || y === undefined) return -1
        return x < y ? -sign : sign
      })
    }
    heads.forEach((head, index) => {
      if (order?.column === index) head.setAttribute('aria-sort', order.down ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    })
    replace(body, sorted.slice(0, limit).map(row => el('tr', {}, columns.map((column, index) =>
      el(index === 0 ? 'th' : 'td', { scope: index === 0 && 'row', class: column.number && 'number' }, column.cell(row))))))
    const rest = rows.length - limit
    replace(more, rest > 0 && el('button', { type: 'button', class: 'quiet', onclick: () => { limit += 500; draw() } },
      `Show ${count(Math.min(500, rest))} more of ${count(rest)}`))
  }
  draw()
  return el('div', { class: 'table' },
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, el('table', {}, el('caption', {}, caption), el('thead', {}, el('tr', {}, heads)), body)),
    more)
}

// Names and values, as a list of definitions.
export const facts = (rows, style = 'facts') => el('dl', { class: style }, rows.filter(Boolean).map(([name, ...value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))))

// The headline figures.
export const figures = rows => el('dl', { class: 'figures' }, rows.map(([value, name, of]) =>
  el('div', {}, el('dt', {}, name), el('dd', {}, el('strong', {}, value), of && el('span', { class: 'muted' }, of)))))
