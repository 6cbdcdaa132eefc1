// Sentences that several articles carry: a list, and one of them with its timeline, its variants and who changed what.
import { adoption, timeline } from './charts.js'
import * as data from './data.js'
import { called, form, isRejected, listen, mark } from './decisions.js'
import { el, replace } from './dom.js'
import { count, counted, decimal, lag, time, instant } from './format.js'
import { certainty, flags, flagsShort, relation, relationLabels, titleOf } from './labels.js'
import { merged } from './marked.js'
import { isActive } from './model.js'
import { name, parts, passage, plain } from './outside.js'
import { facts, table } from './table.js'
import { virtualList } from './virtual-list.js'

const ORDERS = {
  spread: ['carried by most', row => (row.sources ?? 0) * 1e6 + row.carried],
  variants: ['most variants', row => row.cluster.variants],
  flags: ['most flags', row => (row.cluster.flags?.length ?? 0) * 1e6 + row.carried],
  similarity: ['changed most', row => -row.cluster.min_similarity]
}

const state = { order: 'spread', search: '' }

// `wanted` chooses the clusters; `route` is the view's name in the address.
export async function view (context, [chosen = -1], { route = 'stories', wanted = cluster => cluster.kind !== 'quote', empty = 'No sentence is carried by anybody else.' } = {}) {
  const { model, counted: now, go } = context
  const unfiltered = !isActive(now.filter)
  const clusters = await data.rows('clusters')
  const all = []
  clusters.forEach((cluster, index) => {
    const carried = unfiltered ? cluster.articles : now.clusters.get(index) ?? 0
    if (carried > 0 && wanted(cluster)) all.push({ cluster, index, carried, sources: unfiltered ? cluster.sources : 0 })
  })
  const detail = el('div', { class: 'detail', 'aria-live': 'polite' })
  const title = el('p', { class: 'muted' })
  let rows = []
  const list = virtualList({
    label: 'Stories',
    items: rows,
    height: 92,
    render: ({ cluster, index, carried }) => [
      el('div', { class: 'snippet' }, el('bdi', { dir: 'auto' }, parts(cluster.text))),
      el('div', { class: 'line small' },
        el('span', {}, `${counted(carried, 'article')}${unfiltered ? ` · ${counted(cluster.sources, 'source')}` : ''} · ${counted(cluster.variants, 'variant')}`),
        el('span', {}, mark(clusterId(cluster, index)), flagsShort(cluster.flags)))
    ],
    open: row => go(`${route}/${row.index}`)
  })
  const sort = () => {
    const key = ORDERS[state.order][1]
    const search = state.search.toLowerCase()
    rows = search ? all.filter(row => row.cluster.text.toLowerCase().includes(search)) : [...all]
    rows.sort((a, b) => key(b) - key(a) || a.index - b.index)
    list.update(rows, rows.findIndex(row => row.index === chosen))
    title.textContent = counted(rows.length, 'story', 'stories')
  }
  sort()
  listen(list.redraw, list.node)
  if (all.length === 0) return el('p', { class: 'muted' }, empty)
  if (chosen >= 0 && clusters[chosen]) replace(detail, await story(context, clusters[chosen], chosen))
  else replace(detail, el('p', { class: 'muted hint' }, 'Choose a story to see who carried it, when, and what was changed.'))
  setTimeout(() => { const at = rows.findIndex(row => row.index === chosen); if (at >= 0) list.reveal(at) })
  return el('div', { class: chosen >= 0 ? 'master has-detail' : 'master' },
    el('div', { class: 'side' },
      el('div', { class: 'fields no-print' },
        el('label', { class: 'field' }, el('span', {}, 'Order'), el('select', { name: 'order', onchange: event => { state.order = event.target.value; sort() } },
          Object.entries(ORDERS).map(([key, [label]]) => el('option', { value: key, selected: key === state.order }, label)))),
        el('label', { class: 'field grow' }, el('span', {}, 'With the words'), el('input', { type: 'search', name: 'search', value: state.search, oninput: event => { state.search = event.target.value; sort() } }))),
      title, list.node),
    detail)
}

const clusterId = (cluster, index) => cluster.id ?? `cluster-${index}`

async function story ({ model, main }, cluster, index) {
  const { variants = [], members = [] } = await data.details('clusters', index) ?? {}
  const first = cluster.first ?? {}
  const article = model.articles[first.article]
  const points = members.map(([at, , variant]) => ({
    time: model.articles[at]?.published,
    source: plain(model.sourceOf(at)?.name ?? 'unknown', 22),
    variant,
    isFirst: at === first.article && first.certainty === 'certain'
  }))
  const within = { clientWidth: main.clientWidth > 900 ? main.clientWidth - 440 : main.clientWidth - 16 }
  const start = instant(article?.published)
  return el('article', {},
    el('h2', { tabindex: -1 }, 'Story'),
    passage(variants[0]?.text ?? cluster.text, 'blockquote'),
    facts([
      ['First', certainty(first.certainty), ' ', article && el('a', { href: `#article/${first.article}` }, name(model.sourceOf(first.article)?.name), ' · ', titleOf(article)), article && ` · ${time(article.published)}`],
      ['Carried by', `${counted(cluster.articles, 'article')} of ${counted(cluster.sources, 'source')}`],
      ['Over', article?.published && cluster.last_published ? lag((instant(cluster.last_published) - start) / 1000) : 'unknown'],
      ['Similarity', `${decimal(cluster.min_similarity)} at least, ${decimal(cluster.mean_similarity)} on average`],
      ...reached(cluster),
      called(clusterId(cluster, index), '') && ['Called', called(clusterId(cluster, index), '')],
      isRejected(clusterId(cluster, index)) && ['Decided', 'rejected: it counts as nobody’s reuse in a run that is given this decision'],
      cluster.flags?.length > 0 && ['Flags', flags(cluster.flags)]
    ]),
    form({ id: clusterId(cluster, index), kind: 'cluster' }, relationLabels, 'Is this one story?'),
    timeline(points, within),
    adoption(points, within),
    el('h3', {}, counted(variants.length, 'variant')),
    el('ol', { class: 'variants' }, shortened(variants.map((variant, at) => variantItem(model, variants, variant, at)))),
    valueTable(model, cluster),
    facetTable(model, variants),
    el('h3', {}, 'Who carried it'),
    table([
      { head: 'Published', cell: row => time(model.articles[row[0]]?.published), sort: row => model.articles[row[0]]?.published ?? '' },
      { head: 'Source', cell: row => name(model.sourceOf(row[0])?.name), sort: row => model.sourceOf(row[0])?.name },
      { head: 'Article', cell: row => el('a', { href: `#article/${row[0]}` }, titleOf(model.articles[row[0]])) },
      { head: 'Variant', number: true, cell: row => row[2] + 1, sort: row => row[2] },
      { head: 'Lag', number: true, cell: row => start === null || !model.articles[row[0]]?.published ? '–' : lag((instant(model.articles[row[0]].published) - start) / 1000) },
      { head: '', cell: row => row[0] !== first.article && article ? el('a', { href: `#beside/${first.article}/${row[0]}` }, 'side by side') : row[0] === first.article && certainty(first.certainty) }
    ], members, { caption: 'Every article that carries it, in the order of time', most: 30 }))
}

// How long it took until so many sources had it.
function reached ({ to_second_source: second, to_fifth_source: fifth, to_tenth_source: tenth }) {
  const found = [[2, second], [5, fifth], [10, tenth]].filter(([, seconds]) => seconds !== null && seconds !== undefined)
  return found.length > 0 ? [['Sources after', found.map(([sources, seconds]) => `${sources}: ${lag(seconds)}`).join(' · ')]] : []
}

function variantItem (model, variants, variant, at) {
  const [article] = variant.first ?? []
  return el('li', {},
    at === 0 ? passage(variant.text) : merged(variants[0].text, variant.text),
    el('p', { class: 'tags' }, el('span', { class: 'muted' }, `${counted(variant.count, 'article')} of ${counted(variant.sources, 'source')}`),
      article !== undefined && [el('span', { class: 'muted' }, ' · first in '), el('a', { href: `#article/${article}` }, name(model.sourceOf(article)?.name)), ` ${time(model.articles[article]?.published)} `],
      at > 0 && relation(variant.relation), flags(variant.flags)))
}

const SHOWN = 30

function shortened (items) {
  if (items.length <= SHOWN) return items
  const rest = items.slice(SHOWN)
  const button = el('button', { type: 'button', class: 'quiet', onclick: () => { item.replaceWith(...rest) } }, `Show ${count(rest.length)} more`)
  const item = el('li', { class: 'plain' }, button)
  return [...items.slice(0, SHOWN), item]
}

// The figures that its wordings do not share: who had each first, and how many carried it after it was corrected.
function valueTable (model, { values = [] }) {
  if (values.length === 0) return null
  const when = article => el('a', { href: `#article/${article}` }, name(model.sourceOf(article)?.name), ` ${time(model.articles[article]?.published)}`)
  return el('section', {}, el('h3', {}, 'Figures that changed'), table([
    { head: 'Figure', cell: row => el('bdi', {}, row.value === '' ? 'none of these' : plain(row.value, 100)) },
    { head: 'Articles', number: true, cell: row => count(row.articles), sort: row => row.articles },
    { head: 'Sources', number: true, cell: row => count(row.sources), sort: row => row.sources },
    { head: 'First in', cell: row => when(row.first[0]) },
    { head: 'Last', cell: row => time(row.last_published), sort: row => row.last_published },
    { head: 'Corrected by', cell: row => row.corrected_by === null ? '–' : when(row.corrected_by) },
    { head: 'Articles after', number: true, cell: row => row.corrected_by === null ? '–' : count(row.articles_after), sort: row => row.articles_after }
  ], values, { caption: 'Each figure with its first carrier, and how many carry it after its own source published another', most: 20 }))
}

// Figures, names and negations that differ from the first variant, with how often each is carried.
function facetTable (model, variants) {
  const changed = variants.filter((variant, at) => at > 0 && (variant.flags ?? []).some(flag => /differ|altered/.test(flag)))
  if (changed.length === 0) return null
  return el('section', { class: 'altered' }, el('h3', {}, 'Changed content'), table([
    { head: 'What', cell: row => flags(row.flags.filter(flag => /differ|altered/.test(flag))) },
    { head: 'Against the first', cell: row => merged(variants[0].text, row.text, { tag: 'div' }) },
    { head: 'Articles', number: true, cell: row => count(row.count), sort: row => row.count },
    { head: 'First in', cell: row => row.first ? name(model.sourceOf(row.first[0])?.name) : '–' }
  ], changed, { caption: 'Variants whose figures, names, negations or quotations differ', by: 2, most: 20 }))
}
