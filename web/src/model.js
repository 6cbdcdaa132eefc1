// An audit in memory: its sources, articles and pairs, and everything that is counted again when a filter changes.
import * as data from './data.js'
import { instant } from './format.js'

export const NONE = Object.freeze({
  from: '', to: '', source: -1, kind: '', relation: '', flag: '', words: 0,
  quotes: false, boilerplate: true, credited: false, family: false
})

export const isActive = filter => Object.keys(NONE).some(key => filter[key] !== NONE[key])

export async function load ({ run }) {
  const [sources, articles, pairs, edges, rows, codes] = await Promise.all(
    ['sources', 'articles', 'article_pairs', 'source_edges', 'reuse', 'codes'].map(data.rows))
  const bounds = { wholly: run.wholly_from, partially: run.partially_from }
  return new Model({ bounds, sources, articles, pairs, edges, rows, codes: codes[0] ?? { relations: [], flags: [], kinds: [] } })
}

class Model {
  constructor ({ bounds, sources, articles, pairs, edges, rows, codes }) {
    Object.assign(this, { bounds, sources, articles, pairs, edges, codes })
    const column = (type, at) => type.from(rows, row => row[at] ?? -1)
    this.reuse = {
      article: column(Int32Array, 0),
      from: column(Int32Array, 1),
      words: column(Int32Array, 2),
      relation: column(Uint8Array, 3),
      flags: column(Int32Array, 4),
      kind: column(Uint8Array, 5),
      cluster: column(Int32Array, 6)
    }
    this.published = Float64Array.from(articles, article => instant(article.published) ?? NaN)
    this.pairAt = new Map()
    pairs.forEach((pair, index) => this.pairAt.set(this.key(pair.a, pair.b), index))
    this.kinds = [...new Set(sources.map(source => source.kind))].filter(Boolean).sort()
  }

  key (a, b) { return a * this.articles.length + b }

  // The stored pair of two articles, in either order.
  pair (a, b) {
    const index = this.pairAt.get(this.key(a, b)) ?? this.pairAt.get(this.key(b, a))
    return index === undefined ? null : this.pairs[index]
  }

  sourceOf (article) { return this.sources[this.articles[article].source] }

  // Which articles a filter lets through.
  articlesIn (filter) {
    const from = instant(filter.from) ?? -Infinity
    const end = filter.to ? instant(filter.to) + 86_400_000 : Infinity
    const dated = filter.from !== '' || filter.to !== ''
    return Uint8Array.from(this.articles, (article, index) => {
      const time = this.published[index]
      if (dated && !(time >= from && time < end)) return 0
      if (filter.source >= 0 && article.source !== filter.source) return 0
      if (filter.kind && this.sources[article.source].kind !== filter.kind) return 0
      return 1
    })
  }

  // Everything that depends on the filter; linear in the reused sentences and articles.
  count (filter) {
    const { reuse, articles, sources, codes } = this
    const inside = this.articlesIn(filter)
    const reused = new Float64Array(articles.length)
    const same = new Float64Array(articles.length)
    const clusters = new Map()
    const pairWords = new Map()
    const cells = new Map()
    const relation = codes.relations.indexOf(filter.relation)
    const quote = codes.kinds.indexOf('quote')
    const exact = codes.relations.map(name => name === 'exact' || name === 'verbatim')
    const flag = codes.flags.indexOf(filter.flag)
    const quoteFlag = codes.flags.indexOf('quote')
    for (let i = 0; i < reuse.article.length; i++) {
      const article = reuse.article[i]
      if (!inside[article]) continue
      if (filter.relation && reuse.relation[i] !== relation) continue
      if (filter.flag && (flag < 0 || !(reuse.flags[i] >> flag & 1))) continue
      if (reuse.words[i] < filter.words) continue
      if (filter.quotes && (reuse.kind[i] === quote || (quoteFlag >= 0 && reuse.flags[i] >> quoteFlag & 1))) continue
      const from = reuse.from[i]
      const [one, other] = [articles[from].source, articles[article].source]
      if (filter.family && sources[one].family && sources[one].family === sources[other].family) continue
      const key = this.key(from, article)
      if (filter.credited && this.pair(from, article)?.credited === 'yes') continue
      reused[article] += reuse.words[i]
      if (exact[reuse.relation[i]]) same[article] += reuse.words[i]
      if (reuse.cluster[i] >= 0) clusters.set(reuse.cluster[i], (clusters.get(reuse.cluster[i]) ?? 0) + 1)
      pairWords.set(key, (pairWords.get(key) ?? 0) + reuse.words[i])
    }
    for (const [key, words] of pairWords) this.addToCell(cells, key, words)
    return this.sum({ filter, inside, reused, same, clusters, pairWords, cells })
  }

  addToCell (cells, key, words) {
    const { articles } = this
    const [a, b] = [Math.floor(key / articles.length), key % articles.length]
    const cell = articles[a].source * this.sources.length + articles[b].source
    let found = cells.get(cell)
    if (!found) cells.set(cell, found = { words: 0, pairs: 0, from: new Set(), to: new Set(), lags: [] })
    found.words += words
    found.pairs++
    found.from.add(a)
    found.to.add(b)
    const lag = (this.published[b] - this.published[a]) / 1000
    if (!Number.isNaN(lag)) found.lags.push(lag)
  }

  sum (counted) {
    const { articles, sources } = this
    const perSource = sources.map(() => ({ articles: 0, body: 0, reused: 0, same: 0, whole: 0, part: 0 }))
    const total = { articles: 0, body: 0, reused: 0, same: 0, undecided: 0, pairs: counted.pairWords.size, clusters: counted.clusters.size }
    const { inside, reused, same, filter } = counted
    articles.forEach((article, index) => {
      if (!inside[index]) return
      // Boilerplate is no part of the body; who wants it counted adds it to both sides.
      const extra = filter.boilerplate ? 0 : article.boilerplate_words ?? 0
      const it = perSource[article.source]
      const share = article.body_words > 0 ? reused[index] / article.body_words : 0
      if (share >= this.bounds.wholly) it.whole++
      else if (share >= this.bounds.partially) it.part++
      for (const sum of [total, it]) {
        sum.articles++
        sum.body += article.body_words + extra
        sum.reused += reused[index] + extra
        sum.same += same[index]
      }
      total.undecided += article.undecided_words ?? 0
    })
    return { ...counted, perSource, total }
  }
}
