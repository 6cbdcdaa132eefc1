// Who carries whom: a table of sources by sources, shaded by a measure; a cell opens the pairs of articles in it.
import { el } from './dom.js'
import { count, counted, lag, percent, time } from './format.js'
import { className, flagsShort, titleOf } from './labels.js'
import { isActive } from './model.js'
import { name, plain } from './outside.js'
import { virtualList } from './virtual-list.js'
import { called, mark, listen } from './decisions.js'

const STEPS = 6
const MOST = 30

const MEASURES = {
  to_share: { label: 'share of the column’s articles that carry the row', show: percent, shade: value => value },
  from_share: { label: 'share of the row’s articles that the column carries', show: percent, shade: value => value },
  words: { label: 'words carried', show: count },
  edges: { label: 'pairs of articles', show: count },
  lag_median: { label: 'median lag', show: lag, inverse: true }
}

const choice = { measure: 'to_share', first: false, most: MOST }

// The cells by the position of their sources, either from the stored edges or counted under the filters.
function cellsOf (model, now) {
  const found = new Map()
  if (!choice.first && !isActive(now.filter)) {
    for (const edge of model.edges) found.set(edge.from * model.sources.length + edge.to, edge)
    return found
  }
  for (const [key, cell] of now.cells) {
    const [from, to] = [Math.floor(key / model.sources.length), key % model.sources.length]
    cell.lags.sort((a, b) => a - b)
    found.set(key, {
      from,
      to,
      words: cell.words,
      edges: cell.pairs,
      from_share: cell.from.size / (model.sources[from].articles || 1),
      to_share: cell.to.size / (now.perSource[to].articles || 1),
      lag_median: cell.lags.length > 0 ? cell.lags[cell.lags.length >> 1] : null
    })
  }
  return found
}

export function view ({ model, counted: now, again }) {
  const cells = cellsOf(model, now)
  const weight = new Float64Array(model.sources.length)
  for (const cell of cells.values()) {
    weight[cell.from] += cell.words
    weight[cell.to] += cell.words
  }
  const order = model.sources.map((_, index) => index).filter(index => weight[index] > 0).sort((a, b) => weight[b] - weight[a])
  const shown = order.slice(0, choice.most)
  const measure = MEASURES[choice.measure]
  const value = cell => cell && cell.edges > 0 ? cell[choice.measure] ?? null : null
  const inside = [...cells.values()].filter(cell => cell.from !== cell.to).map(value).filter(it => it !== null)
  const highest = Math.max(...inside, 0)
  const shade = it => {
    if (it === null) return 0
    let part = highest > 0 ? Math.sqrt(Math.max(0, it) / highest) : 0
    if (measure.inverse) part = 1 - part
    return Math.max(1, Math.min(STEPS, Math.ceil(part * STEPS)))
  }
  const select = el('select', { name: 'measure', onchange: event => { choice.measure = event.target.value; again() } },
    Object.entries(MEASURES).map(([key, { label }]) => el('option', { value: key, selected: key === choice.measure }, label)))
  const grid = el('table', { class: 'matrix' },
    el('caption', { class: 'visually-hidden' }, `Who carries whom: ${measure.label}`),
    el('thead', {}, el('tr', {}, el('td', { class: 'corner' }), shown.map(to => el('th', { scope: 'col' }, el('div', {}, name(plain(model.sources[to].name, 24))))))),
    el('tbody', {}, shown.map(from => el('tr', {},
      el('th', { scope: 'row' }, name(plain(model.sources[from].name, 30))),
      shown.map(to => {
        const cell = cells.get(from * model.sources.length + to)
        const it = value(cell)
        if (!cell || from === to) return el('td', { class: from === to ? 'own' : '' }, from === to ? el('span', { 'aria-label': 'the same source' }, '·') : '')
        const [one, other] = [plain(model.sources[from].name, 60), plain(model.sources[to].name, 60)]
        return el('td', { class: `shade-${shade(it)}` }, el('a', {
          href: `#pairs/${from}/${to}`,
          'aria-label': `${it === null ? '?' : short(it)}: ${other} carries ${one}, ${it === null ? 'unknown' : measure.show(it)}`,
          title: `${one} → ${other}: ${counted(cell.edges, 'pair')}, ${counted(cell.words, 'word')}, median lag ${lag(cell.lag_median)}${cell.undecided_edges > 0 ? `; ${counted(cell.undecided_edges, 'pair')} undecided` : ''}`
        }, it === null ? '?' : short(it)))
      })))))
  function short (it) {
    if (choice.measure.endsWith('share')) return String(Math.round(it * 100))
    if (choice.measure === 'lag_median') return lag(it).replace(/ \d+ \S+$/, '').replace(' ', '')
    return it >= 10_000 ? `${Math.round(it / 1000)}k` : count(it)
  }
  grid.addEventListener('keydown', moveInside)
  return el('div', {},
    el('div', { class: 'fields' },
      el('label', { class: 'field' }, el('span', {}, 'Measure'), select),
      el('label', { class: 'box' }, el('input', { type: 'checkbox', name: 'first', checked: choice.first, onchange: event => { choice.first = event.target.checked; again() } }), ' only the first match of each sentence'),
      order.length > choice.most && el('button', { type: 'button', class: 'quiet', onclick: () => { choice.most = order.length; again() } }, `Show all ${order.length} sources`)),
    el('p', { class: 'muted note' }, `Rows are carried by columns. Shown: ${measure.label}${choice.measure.endsWith('share') ? ', in percent' : ''}. A stronger colour is ${measure.inverse ? 'sooner' : 'more'}; a cell opens its articles. ? is unknown.${order.length < model.sources.length ? ` ${counted(model.sources.length - order.length, 'source')} without shared words left out.` : ''}`),
    (isActive(now.filter) || choice.first) && el('p', { class: 'muted' }, 'Counted by the first carrier of each sentence.'),
    shown.length === 0 ? el('p', { class: 'muted' }, 'No source carries another one.') : el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Sources by sources' }, grid))
}

// Arrow keys move from cell to cell.
function moveInside (event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
  const cell = event.target.closest('td')
  if (!step || !cell) return
  let row = cell.parentElement
  let column = cell.cellIndex
  for (;;) {
    column += step[1]
    row = step[0] > 0 ? row.nextElementSibling : step[0] < 0 ? row.previousElementSibling : row
    const next = row?.cells[column]
    if (!next) return
    const link = next.querySelector('a')
    if (!link) continue
    event.preventDefault()
    link.focus()
    return
  }
}

// The pairs of articles of two sources.
export function pairsView ({ model, counted: now, go }, [from, to]) {
  const [one, other] = [model.sources[from], model.sources[to]]
  if (!one || !other) return el('p', {}, 'There is no such source.')
  const edge = model.edges.find(edge => edge.from === from && edge.to === to)
  const rows = pairsOf(model, now, pair => model.articles[pair.a].source === from && model.articles[pair.b].source === to)
  return el('div', {},
    el('p', { class: 'crumbs' }, el('a', { href: '#sources' }, 'Sources')),
    el('h2', {}, name(one.name), ' carried by ', name(other.name)),
    edge && el('p', {}, `${counted(edge.to_articles, 'article')} of the carrier (${percent(edge.to_share)}) have words of ${counted(edge.from_articles, 'article')}; ` +
      `median lag ${lag(edge.lag_median)}, from ${lag(edge.lag_p10)} to ${lag(edge.lag_p90)} for four fifths; ` +
      `${count(edge.credited_edges)} of ${counted(edge.edges, 'pair')} credited.`),
    pairList(model, rows, go))
}

// The stored pairs that a filter lets through, with the words that it counts.
export function pairsOf (model, now, wanted) {
  const rows = []
  const unfiltered = !isActive(now.filter)
  model.pairs.forEach((pair, index) => {
    if (!wanted(pair) || !now.inside[pair.b]) return
    const counted = unfiltered ? pair.words_shared : now.pairWords.get(model.key(pair.a, pair.b)) ?? 0
    if (counted > 0) rows.push({ pair, index, words: counted })
  })
  return rows.sort((a, b) => b.words - a.words || a.index - b.index)
}

export function pairList (model, rows, go) {
  if (rows.length === 0) return el('p', { class: 'muted' }, 'No pair of articles passes the filters.')
  const list = virtualList({
    label: `${counted(rows.length, 'pair')} of articles`,
    items: rows,
    height: 94,
    render: ({ pair, words: shared }) => {
      const [a, b] = [model.articles[pair.a], model.articles[pair.b]]
      return [
        el('div', { class: 'line' }, el('strong', {}, titleOf(a)), el('span', { class: 'muted' }, time(a.published))),
        el('div', { class: 'line' }, el('span', { class: 'arrow' }, '→ ', titleOf(b)), el('span', { class: 'muted' }, `+ ${lag(pair.lag_seconds)}`)),
        el('div', { class: 'line small' }, el('span', {}, `${counted(shared, 'word')}, ${percent(pair.share_of_b)} of the later · ${called(pair.id, className(pair.class))} · ${pair.credited === 'yes' ? 'credited' : pair.credited === 'no' ? 'not credited' : 'credit unknown'}`),
          el('span', {}, mark(pair.id), flagsShort(pair.flags)))
      ]
    },
    open: ({ pair }) => go(`beside/${pair.a}/${pair.b}`)
  })
  listen(list.redraw, list.node)
  return el('div', {}, el('p', { class: 'muted' }, `${counted(rows.length, 'pair')}, those that share most first.`), list.node)
}

