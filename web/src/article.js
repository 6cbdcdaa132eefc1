// Articles: a list, and one of them with every sentence marked by where it comes from and how.
import * as data from './data.js'
import { mark } from './decisions.js'
import { el } from './dom.js'
import { count, counted, share, time } from './format.js'
import { certainty, className, flags, relation, titleOf } from './labels.js'
import { isActive } from './model.js'
import { address, name, parts, passage, plain } from './outside.js'
import { facts } from './table.js'
import { pairList, pairsOf } from './matrix.js'
import { virtualList } from './virtual-list.js'

const COLORS = 8

const ORDERS = {
  reused: ['most words reused', row => row.reused],
  share: ['highest share reused', row => row.reused / (row.article.body_words || 1)],
  time: ['latest first', row => row.time],
  words: ['longest first', row => row.article.body_words]
}

const state = { order: 'reused', search: '' }

// The list, perhaps of one source.
export function listView ({ model, counted: now, go }, [source = -1]) {
  const all = []
  model.articles.forEach((article, index) => {
    if (now.inside[index] && (source < 0 || article.source === source)) {
      all.push({ article, index, reused: now.reused[index], time: Number.isNaN(model.published[index]) ? -Infinity : model.published[index] })
    }
  })
  const title = el('p', { class: 'muted' })
  const list = virtualList({
    label: 'Articles',
    items: [],
    height: 62,
    render: ({ article, index, reused }) => [
      el('div', { class: 'line' }, el('strong', {}, titleOf(article)), meter(reused, article.body_words)),
      el('div', { class: 'line small' }, el('span', {}, name(model.sources[article.source]?.name), ` · ${time(article.published)}`), el('span', {}, className(article.class)))
    ],
    open: row => go(`article/${row.index}`)
  })
  const sort = () => {
    const key = ORDERS[state.order][1]
    const search = state.search.toLowerCase()
    const rows = search ? all.filter(row => (row.article.title ?? row.article.name ?? '').toLowerCase().includes(search)) : [...all]
    rows.sort((a, b) => key(b) - key(a) || a.index - b.index)
    list.update(rows)
    title.textContent = counted(rows.length, 'article')
  }
  sort()
  return el('div', {},
    source >= 0 && el('p', { class: 'crumbs' }, el('a', { href: '#articles' }, 'All articles')),
    source >= 0 && el('h2', {}, 'Articles of ', name(model.sources[source]?.name)),
    el('div', { class: 'fields no-print' },
      el('label', { class: 'field' }, el('span', {}, 'Order'), el('select', { name: 'order', onchange: event => { state.order = event.target.value; sort() } },
        Object.entries(ORDERS).map(([key, [label]]) => el('option', { value: key, selected: key === state.order }, label)))),
      el('label', { class: 'field grow' }, el('span', {}, 'With the words in its title'), el('input', { type: 'search', name: 'search', value: state.search, oninput: event => { state.search = event.target.value; sort() } }))),
    title, list.node)
}

const meter = (part, of) => el('span', { class: 'meter' },
  el('span', { class: 'track', 'aria-hidden': 'true' }, el('span', { style: { width: `${of > 0 ? Math.min(100, 100 * part / of) : 0}%` } })), el('span', { class: 'part' }, share(part, of)))

// One article.
export async function view ({ model, counted: now, go }, [index]) {
  const article = model.articles[index]
  if (!article) return el('p', {}, 'There is no such article.')
  const [sentences, clusters] = [await data.details('articles', index) ?? [], await data.rows('clusters')]
  // Origins by their words; the most important ones have colours, all have numbers.
  const origins = new Map()
  for (const sentence of sentences) {
    if (!sentence.origin) continue
    const source = model.articles[sentence.origin[0]]?.source
    origins.set(source, (origins.get(source) ?? 0) + sentence.words)
  }
  const order = [...origins.keys()].sort((a, b) => origins.get(b) - origins.get(a) || a - b)
  const number = source => order.indexOf(source) + 1
  const tone = source => { const at = number(source); return at > 0 && at <= COLORS ? `tone-${at}` : 'tone-other' }
  const reused = [...origins.values()].reduce((sum, it) => sum + it, 0)
  const body = article.body_words
  const carriers = pairsOf(model, now, pair => pair.a === index)
  const carried = pairsOf(model, now, pair => pair.b === index)
  const chosen = isActive(now.filter) ? el('p', { class: 'muted' }, `Under the filters ${counted(now.reused[index], 'word')} are reused.`) : null
  const bar = el('div', { class: 'stack', role: 'img', 'aria-label': `${share(article.reused_words, body)} of ${count(body)} words are reused` },
    order.map(source => el('span', { class: tone(source), style: { width: `${100 * origins.get(source) / Math.max(body, reused, 1)}%` } }, number(source))))
  const legend = el('ul', { class: 'legend' },
    order.map(source => el('li', {}, el('span', { class: `swatch ${tone(source)}` }, number(source)), ' ', name(model.sources[source]?.name), el('span', { class: 'muted' }, ` ${share(origins.get(source), body)}`))))
  return el('article', { class: 'article' },
    el('p', { class: 'crumbs' }, el('a', { href: '#articles' }, 'Articles')),
    el('h2', {}, titleOf(article)),
    el('p', { class: 'muted' }, el('a', { href: `#articles/${article.source}` }, name(model.sources[article.source]?.name)), ' · ', time(article.published),
      article.precision && article.precision !== 'minute' ? ` (${article.precision === 'day' ? 'day only' : 'unknown'})` : '', article.byline && [' · ', name(article.byline)], article.url && [' · ', address(article.url)]),
    facts([
      ['Class', className(article.class)],
      ['Reused', `${count(article.reused_words)} of ${count(body)} words, ${share(article.reused_words, body)}`],
      ['Verbatim', `${count(article.verbatim_words)} words; edited ${count(article.edited_words)}`],
      article.undecided_words > 0 && ['Undecided', `${counted(article.undecided_words, 'word')} that others carry too, at times that decide nothing`],
      ['Longest run', counted(article.longest_run, 'word')],
      ['Credits', article.credits?.length > 0 ? article.credits.map((text, i) => [i > 0 && ', ', name(text)]) : 'none found'],
      article.update_of !== null && article.update_of !== undefined && ['Update of', el('a', { href: `#article/${article.update_of}` }, titleOf(model.articles[article.update_of]))],
      ['File', el('code', {}, plain(article.path, 200), article.line ? `:${article.line}` : '')],
      ['Digest', el('code', {}, plain(article.xxh3, 40))]
    ], 'facts wide'),
    chosen, bar, legend,
    el('p', { class: 'key' }, el('span', { class: 'how identical' }, 'identical'), el('span', { class: 'how edited' }, 'edited'), el('span', { class: 'how reworded' }, 'reworded'), el('span', { class: 'aside' }, 'not counted')),
    el('div', { class: 'sentences' }, long(sentences.map((sentence, at) => line({ model, clusters, index, number, tone }, sentence)))),
    el('section', {}, el('h3', {}, 'Where it comes from'), carried.length > 0 ? pairList(model, carried, go) : el('p', { class: 'muted' }, 'From no other article here.')),
    el('section', {}, el('h3', {}, 'Who carries it'), carriers.length > 0 ? pairList(model, carriers, go) : el('p', { class: 'muted' }, 'No stored pair begins with it.')))
}

const HOW = { exact: 'identical', verbatim: 'identical', near: 'edited', edited: 'edited', contained: 'edited', reworded: 'reworded' }
const COUNTED = ['body', 'quote']

function line ({ model, clusters, index, number, tone }, sentence) {
  if (!COUNTED.includes(sentence.kind)) {
    return el('div', { class: 'sentence aside' }, el('span', { class: 'gutter' }, sentence.kind), passage(sentence.text))
  }
  if (!sentence.origin) {
    return el('div', { class: 'sentence' }, el('span', { class: 'gutter' }), el('div', {}, passage(sentence.text),
      sentence.cluster !== null && sentence.cluster !== undefined && el('p', { class: 'tags' }, carriedToo(clusters[sentence.cluster], sentence.cluster, index))))
  }
  const [from] = sentence.origin
  const source = model.articles[from]?.source
  return el('div', { class: `sentence reused ${tone(source)} ${HOW[sentence.relation] ?? 'edited'}` },
    el('span', { class: 'gutter' }, number(source)),
    el('div', {}, passage(sentence.text, 'p', text => [el('span', { class: `how ${HOW[sentence.relation] ?? 'edited'}` }, parts(text))]),
      el('p', { class: 'tags' }, relation(sentence.relation), flags(sentence.flags), ' ',
        el('a', { href: `#beside/${from}/${index}` }, 'side by side with ', name(model.sources[source]?.name)),
        sentence.cluster !== null && sentence.cluster !== undefined && [' · ', el('a', { href: `#stories/${sentence.cluster}` }, 'story')])))
}

// Of a sentence without an origin that others carry too.
function carriedToo (cluster, at, index) {
  const first = cluster?.first ?? {}
  const isFirst = first.article === index
  return [el('a', { href: `#stories/${at}` }, isFirst ? 'carried by others' : 'carried by others too'), ' ', isFirst && certainty(first.certainty), mark(cluster?.id)]
}

const SHOWN = 400

function long (nodes) {
  if (nodes.length <= SHOWN) return nodes
  const rest = nodes.slice(SHOWN)
  const button = el('button', { type: 'button', class: 'quiet', onclick: () => button.replaceWith(...rest) }, `Show ${count(rest.length)} more sentences`)
  return [...nodes.slice(0, SHOWN), button]
}
