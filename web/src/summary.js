// The first screen of an audit: totals, rates, sources, what is carried most, warnings.
import { lags, shares } from './charts.js'
import * as data from './data.js'
import { isRejected } from './decisions.js'
import { el, replace } from './dom.js'
import { count, counted, lag, share } from './format.js'
import { isActive } from './model.js'
import { name, parts, plain } from './outside.js'
import { figures, table } from './table.js'

// What is known before any table has been read.
export function headline (head) {
  const { totals } = head
  return [totalsOf({ articles: totals.articles, body: totals.body_words, reused: totals.reused_words, same: totals.verbatim_words, undecided: totals.undecided_words, clusters: totals.clusters, pairs: totals.article_pairs }),
    warnings(head)]
}

const totalsOf = total => el('div', { id: 'totals', 'aria-live': 'polite' }, figures([
  [share(total.reused, total.body), 'of the words are reused', `${count(total.reused)} of ${count(total.body)} words`],
  [share(total.body - total.reused, total.body), 'original', `${count(total.body - total.reused)} words${total.undecided > 0 ? `; of ${count(total.undecided)} it is undecided who was first` : ''}`],
  [share(total.same, total.reused), 'of the reused words are verbatim', `${count(total.same)} words`],
  [count(total.articles), 'articles', null],
  [count(total.pairs), 'pairs of articles', null],
  [count(total.clusters), 'sentences in several articles', null]
]))

function warnings ({ run, totals }, model = null) {
  const list = [...(run.warnings ?? [])]
  const undated = totals.articles - totals.dated_articles
  if (undated > 0) list.unshift(`${counted(undated, 'article has', 'articles have')} no date: who was first is unknown there.`)
  if (run.skipped_total > 0) list.push(`${counted(run.skipped_total, 'record was', 'records were')} skipped.`)
  const empty = model ? boilerplate(model) : []
  if (empty.length > 0) list.push(`More boilerplate than text: ${empty.slice(0, 5).join(', ')}${empty.length > 5 ? ` and ${empty.length - 5} more` : ''}.`)
  return list.length > 0 && el('section', { class: 'warnings' }, el('h2', {}, 'Mind'), el('ul', {}, list.map(text => el('li', { dir: 'auto' }, parts(text)))))
}

// Sources that are mostly boilerplate say little.
function boilerplate (model) {
  return model.sources.filter(source => source.boilerplate_words > source.body_words)
    .map(source => plain(source.name, 60))
}

function altered ({ totals: { altered } }) {
  if (!altered) return null
  const rows = [['figures', altered.numbers], ['negations', altered.negations], ['names', altered.names], ['quotations', altered.quotes]]
  return el('section', {}, el('h2', {}, 'Changed on the way'),
    el('p', { class: 'muted' }, 'Sentences that are carried with another content. Stories in the order of their flags show them.'),
    el('dl', { class: 'figures small' }, rows.map(([label, value]) => el('div', {}, el('dt', {}, label), el('dd', {}, el('strong', {}, count(value)))))))
}

export async function view ({ head, model, counted: now, main }) {
  const node = el('div')
  const { total, perSource, filter } = now
  const totals = head.totals
  const unfiltered = !isActive(filter)
  const shown = unfiltered
    ? { articles: totals.articles, body: totals.body_words, reused: totals.reused_words, same: totals.verbatim_words, undecided: totals.undecided_words, clusters: totals.clusters, pairs: totals.article_pairs }
    : total
  const rows = model.sources.map((source, index) => ({ source, index, ...perSource[index], ...unfiltered && { whole: source.classes?.wholly ?? 0, part: source.classes?.partially ?? 0 } })).filter(row => row.articles > 0)
  const top = el('section', {}, el('h2', {}, 'Carried most'))
  replace(node,
    totalsOf(shown),
    warnings(head, model),
    unfiltered && altered(head),
    el('div', { class: 'columns' },
      shares(sharesOf(model, now), half(main)),
      lags(model.pairs.filter(pair => !pair.is_update && !isRejected(pair.id) && pair.lag_seconds !== null && now.inside[pair.b]).map(pair => pair.lag_seconds), half(main))),
    el('section', {}, el('h2', {}, 'Sources'), table([
      { head: 'Source', cell: row => el('a', { href: `#articles/${row.index}` }, name(row.source.name)), sort: row => row.source.name },
      { head: 'Kind', cell: row => row.source.kind, sort: row => row.source.kind },
      { head: 'Articles', number: true, cell: row => count(row.articles), sort: row => row.articles },
      { head: 'Words', number: true, cell: row => count(row.body), sort: row => row.body },
      { head: 'Reused', number: true, cell: row => share(row.reused, row.body), sort: row => row.reused / (row.body || 1) },
      { head: 'Wholly', number: true, cell: row => count(row.whole), sort: row => row.whole },
      { head: 'Partially', number: true, cell: row => count(row.part), sort: row => row.part },
      { head: 'First', number: true, cell: row => count(row.source.first_count), sort: row => row.source.first_count },
      { head: 'Median lag', number: true, cell: row => lag(row.source.median_lag_seconds), sort: row => row.source.median_lag_seconds },
      { head: 'Credited', number: true, cell: row => share(row.source.credited_words, row.source.reused_words), sort: row => row.source.credited_words / (row.source.reused_words || 1) }
    ], rows, { caption: 'Each source: how much of its words it has from others', by: 4, most: 15 })),
    top)
  const clusters = await data.rows('clusters')
  const most = clusters.map((cluster, index) => ({ cluster, index, carried: unfiltered ? cluster.articles : now.clusters.get(index) ?? 0 }))
    .filter(row => row.carried > 0 && row.cluster.sources > 1 && !isRejected(row.cluster.id))
    .sort((a, b) => (unfiltered ? b.cluster.sources - a.cluster.sources : 0) || b.carried - a.carried).slice(0, 10)
  if (most.length === 0) top.append(el('p', { class: 'muted' }, 'No sentence is carried by anybody else.'))
  else {
    top.append(el('ol', { class: 'carried' }, most.map(({ cluster, index, carried }) => el('li', {},
      el('a', { href: `#stories/${index}` }, el('bdi', { dir: 'auto' }, parts(plain(cluster.text, 200)))),
      el('span', { class: 'muted' }, ` ${counted(carried, 'article')}${unfiltered ? `, ${counted(cluster.sources, 'source')}` : ''}`)))))
  }
  return node
}

const half = main => ({ clientWidth: main.clientWidth > 900 ? main.clientWidth / 2 - 16 : main.clientWidth - 8 })

function sharesOf (model, now) {
  const found = []
  model.articles.forEach((article, index) => {
    if (now.inside[index] && article.body_words > 0) found.push(Math.min(1, now.reused[index] / article.body_words))
  })
  return found
}
