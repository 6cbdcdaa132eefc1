// A deterministic audit of invented outlets, of any size: `node test/fixture.js 10000 > audit.json`.
// It shares nothing with the program: words and names are made of syllables.

const SYLLABLES = 'bar den kol mi ra sun tev lo pas qui ner dal fo gre hin jor ke lum mar no or pel ri sta tul ve wen yal zor'.split(' ')

function random (seed) {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let it = Math.imul(state ^ (state >>> 15), 1 | state)
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it
    return ((it ^ (it >>> 14)) >>> 0) % below
  }
}

const KINDS = ['agency', 'newspaper', 'broadcaster', 'online', 'pr', 'aggregator']
const RELATIONS = ['exact', 'exact', 'near', 'edited', 'contained', 'reworded']

// About `matches` reused sentences.
export function audit (matches, { seed = 7, outlets = 40, perArticle = 8 } = {}) {
  const dice = random(seed)
  const pick = list => list[dice(list.length)]
  const word = () => Array.from({ length: 1 + dice(3) }, () => pick(SYLLABLES)).join('')
  const big = text => text[0].toUpperCase() + text.slice(1)
  const vocabulary = Array.from({ length: 2500 }, word)
  const names = Array.from({ length: 200 }, () => `${big(word())} ${big(word())}`)
  const words = n => Array.from({ length: n }, () => pick(vocabulary))
  const hex = n => n.toString(16).padStart(16, '0')

  const sources = Array.from({ length: outlets }, (_, i) => ({
    id: `o${hex(i)}`,
    name: `${big(pick(vocabulary))} ${pick(['Post', 'Herald', 'Wire', 'Radio', 'Daily', 'Online'])}`,
    kind: i < 3 ? 'agency' : KINDS[1 + dice(5)],
    family: i >= 3 && dice(3) === 0 ? `${['North', 'South', 'Lake'][dice(3)]} Group` : null,
    country: null,
    language: 'en',
    licensed_from: [],
    aliases: [],
    articles: 0, body_words: 0, reused_words: 0, verbatim_words: 0, credited_words: 0, own_reused_words: 0, boilerplate_words: 0,
    originality_mean: 0, originality_median: 0,
    classes: { wholly: 0, partially: 0, non_derived: 0, common_source: 0, incidental: 0 },
    first_count: 0, median_lag_seconds: null
  }))

  const articles = []
  const clusters = []
  const pairs = []
  const passages = []
  const start = Date.UTC(2024, 2, 4)
  const time = minutes => new Date(start + minutes * 60_000).toISOString().slice(0, 19) + 'Z'
  const fresh = (kind = 'body') => {
    const n = 9 + dice(16)
    const list = words(n)
    if (dice(3) === 0) list[2 + dice(n - 3)] = pick(names)
    if (dice(3) === 0) list[2 + dice(n - 3)] = String(2 + dice(980))
    const text = big(list.join(' ')) + '.'
    return kind === 'quote' ? `“${text}”` : text
  }
  const edited = (text, relation) => {
    if (relation === 'exact') return [text, []]
    const list = text.split(' ')
    const flags = []
    const figure = list.findIndex(it => /^\d+$/.test(it))
    if (figure > 0 && dice(2) === 0) {
      list[figure] = String(Number(list[figure]) + 1 + dice(9))
      flags.push('numbers_differ')
    }
    if (dice(9) === 0) {
      list.splice(1, 0, 'not')
      flags.push('negation_differs')
    }
    const changes = relation === 'near' ? 1 : 3
    for (let i = 0; i < changes; i++) list[1 + dice(list.length - 2)] = pick(vocabulary)
    return [list.join(' '), flags]
  }

  let made = 0
  let clock = 0
  while (made < matches) {
    clock += 7 + dice(40)
    const origin = dice(4) > 0 ? dice(3) : dice(outlets)
    const first = article(origin, clock, Array.from({ length: perArticle + dice(8) }, () => {
      const kind = dice(7) === 0 ? 'quote' : 'body'
      return { text: fresh(kind), kind, cluster: null, variant: null, origin: null, relation: null, flags: [] }
    }))
    const copies = 1 + dice(dice(6) === 0 ? 24 : 5)
    const used = new Set([origin])
    for (let c = 0; c < copies && made < matches; c++) {
      let outlet = dice(outlets)
      while (used.has(outlet) && used.size < outlets) outlet = (outlet + 1) % outlets
      used.add(outlet)
      copy(first, outlet, clock + 2 + dice(600))
    }
  }

  function article (source, minutes, sentences) {
    const precision = dice(12) === 0 ? 'day' : 'minute'
    const published = dice(40) === 0 ? null : precision === 'day' ? time(minutes).slice(0, 10) : time(minutes)
    const list = [...sentences, ...dice(2) === 0 ? [{ text: `Subscribe to ${sources[source].name} for more.`, kind: 'boilerplate', cluster: null, variant: null, origin: null, relation: null, flags: [] }] : []]
    let at = 0
    for (const sentence of list) {
      sentence.words = sentence.text.split(' ').length
      sentence.start = at
      at += sentence.text.length + 1
      sentence.end = at - 1
    }
    const sum = wanted => list.filter(wanted).reduce((total, it) => total + it.words, 0)
    const isBody = it => ['body', 'quote'].includes(it.kind)
    const isReused = it => isBody(it) && it.origin
    const body = sum(isBody)
    const reused = sum(isReused)
    const verbatim = sum(it => isReused(it) && it.relation === 'exact')
    const index = articles.length
    const title = big(words(4 + dice(5)).join(' '))
    const origins = new Map()
    for (const it of list.filter(isReused)) {
      const from = articles[it.origin[0]].source
      origins.set(from, (origins.get(from) ?? 0) + it.words)
    }
    const credits = reused > 0 && dice(3) === 0 ? [`(${sources[[...origins.keys()][0]].name})`] : []
    articles.push({
      id: `a${hex(index)}`, source, title, url: `https://${sources[source].name.toLowerCase().replace(/ /g, '')}.example/${index}`,
      byline: dice(2) === 0 ? pick(names) : null, published, precision: published ? precision : 'unknown', basis: published ? 'given' : 'none', language: 'en',
      path: `news/${index % 20}.jsonl`, line: index + 1, words: sum(() => true), body_words: body, reused_words: reused, verbatim_words: verbatim, edited_words: reused - verbatim,
      reused_quote_words: sum(it => isReused(it) && it.kind === 'quote'), boilerplate_words: sum(it => it.kind === 'boilerplate'),
      longest_run: Math.max(0, ...list.filter(isReused).map(it => it.words)),
      class: reused >= 0.8 * body ? 'wholly' : reused >= 0.2 * body ? 'partially' : 'non_derived',
      origin: [...origins.keys()][0] ?? null, origins: [...origins], credits, update_of: null, xxh3: hex(index * 7919), sentences: list
    })
    const it = sources[source]
    it.articles++
    it.body_words += body
    it.reused_words += reused
    it.verbatim_words += verbatim
    it.boilerplate_words += articles[index].boilerplate_words
    if (credits.length > 0) it.credited_words += reused
    it.classes[articles[index].class]++
    return index
  }

  function copy (first, outlet, minutes) {
    const model = articles[first]
    const wanted = model.sentences.filter(it => it.kind !== 'boilerplate')
    const taken = wanted.filter(() => dice(5) > 0).slice(0, Math.max(1, matches - made))
    if (taken.length === 0) return
    const carried = taken.map(it => {
      const at = model.sentences.indexOf(it)
      const relation = pick(RELATIONS)
      const [text, flags] = edited(it.text, relation)
      if (it.cluster === null) {
        it.cluster = clusters.length
        it.variant = 0
        clusters.push({ id: `c${hex(clusters.length)}`, kind: it.kind, first: { article: first, sentence: at, certainty: 'certain' }, members: [[first, at, 0]], variants: [{ id: `s${hex(clusters.length * 100)}`, text: it.text, count: 1, sources: 1, first: [first, at], relation: 'exact', flags: [] }], flags: [] })
      }
      const cluster = clusters[it.cluster]
      let variant = cluster.variants.findIndex(known => known.text === text)
      if (variant < 0) {
        variant = cluster.variants.length
        cluster.variants.push({ id: `s${hex(it.cluster * 100 + variant)}`, text, count: 0, sources: 0, first: null, relation, flags })
      }
      made++
      return { text, kind: it.kind, cluster: it.cluster, variant, origin: [first, at], relation: text === it.text ? 'exact' : relation, flags }
    })
    const own = Array.from({ length: dice(5) }, () => ({ text: fresh(), kind: 'body', cluster: null, variant: null, origin: null, relation: null, flags: [] }))
    const cut = dice(carried.length + 1)
    const index = article(outlet, minutes, [...carried.slice(0, cut), ...own, ...carried.slice(cut)])
    const it = articles[index]
    it.sentences.forEach((sentence, at) => {
      if (sentence.cluster === null) return
      const cluster = clusters[sentence.cluster]
      cluster.members.push([index, at, sentence.variant])
      const variant = cluster.variants[sentence.variant]
      variant.count++
      variant.sources++
      variant.first ??= [index, at]
      for (const flag of sentence.flags) if (!cluster.flags.includes(flag)) cluster.flags.push(flag)
    })
    const known = model.published && it.published
    const lag = known ? (Date.parse(it.published) - Date.parse(model.published)) / 1000 : null
    const certainty = !known ? 'unknown' : model.precision === 'minute' && it.precision === 'minute' ? 'certain' : 'tie'
    const firstPassage = passages.length
    passages.push({ pair: pairs.length, a: [0, model.sentences.length - 1], b: [0, it.sentences.length - 1], words: it.reused_words, verbatim_words: it.verbatim_words, flags: [] })
    pairs.push({
      id: `p${hex(pairs.length)}`, a: first, b: index, lag_seconds: lag, certainty, words_shared: it.reused_words, verbatim_words: it.verbatim_words,
      share_of_a: Math.round(1e4 * Math.min(1, it.reused_words / model.body_words)) / 1e4, share_of_b: Math.round(1e4 * it.reused_words / it.body_words) / 1e4,
      order_kept: 1, class: it.class, credited: it.credits.length > 0 ? 'yes' : 'no', is_update: false,
      flags: [...new Set(it.sentences.flatMap(sentence => sentence.flags))], passages: [firstPassage, firstPassage]
    })
  }

  for (const cluster of clusters) {
    const at = ([article]) => articles[article].published ?? ''
    cluster.members = [cluster.members[0], ...cluster.members.slice(1).sort((a, b) => at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0)]
    cluster.articles = cluster.members.length
    cluster.sources = new Set(cluster.members.map(([article]) => articles[article].source)).size
    cluster.last_published = cluster.members.map(at).sort().at(-1) || null
    cluster.min_similarity = cluster.variants.length === 1 ? 1 : 0.4 + dice(50) / 100
    cluster.mean_similarity = (1 + cluster.min_similarity) / 2
    const figures = cluster.variants.map(it => /\b\d+\b/.exec(it.text)?.[0])
    cluster.values = new Set(figures).size < 2 || figures.includes(undefined) ? [] : [...new Set(figures)].map(value => {
      const members = cluster.members.filter(member => figures[member[2]] === value)
      return { value, articles: members.length, sources: members.length, first: members[0].slice(0, 2), last_published: at(members.at(-1)) || null, variants: figures.flatMap((it, i) => it === value ? [i] : []), corrected_by: null, articles_after: 0 }
    })
    if (!articles[cluster.first.article].published) cluster.first.certainty = 'unknown'
    sources[articles[cluster.first.article].source].first_count++
  }

  const edges = new Map()
  for (const pair of pairs) {
    const [from, to] = [articles[pair.a].source, articles[pair.b].source]
    const key = from * outlets + to
    if (!edges.has(key)) edges.set(key, { from, to, a: new Set(), b: new Set(), lags: [], words: 0, verbatim_words: 0, edges: 0, credited_edges: 0, flags: [] })
    const edge = edges.get(key)
    edge.a.add(pair.a)
    edge.b.add(pair.b)
    if (pair.lag_seconds !== null) edge.lags.push(pair.lag_seconds)
    edge.words += pair.words_shared
    edge.verbatim_words += pair.verbatim_words
    edge.edges++
    if (pair.credited === 'yes') edge.credited_edges++
    edge.flags.push(...pair.flags)
  }
  const quantile = (list, q) => list.length > 0 ? list[Math.min(list.length - 1, Math.floor(q * list.length))] : null
  const sourceEdges = [...edges.values()].sort((a, b) => a.from - b.from || a.to - b.to).map(edge => {
    edge.lags.sort((a, b) => a - b)
    const flag = name => edge.flags.filter(it => it === name).length
    return {
      from: edge.from, to: edge.to, from_articles: edge.a.size, from_share: edge.a.size / sources[edge.from].articles, to_articles: edge.b.size, to_share: edge.b.size / sources[edge.to].articles,
      edges: edge.edges, words: edge.words, verbatim_words: edge.verbatim_words, lag_median: quantile(edge.lags, 0.5), lag_p10: quantile(edge.lags, 0.1), lag_p90: quantile(edge.lags, 0.9),
      first_only_edges: edge.edges, credited_edges: edge.credited_edges, changed_numbers: flag('numbers_differ'), changed_negations: flag('negation_differs'), changed_names: 0, changed_quotes: 0
    }
  })

  const sum = (list, name) => list.reduce((total, it) => total + it[name], 0)
  const boilerplate = sources.map((source, i) => ({ id: `b${hex(i)}`, text: `Subscribe to ${source.name} for more.`, kind: 'boilerplate', sources: [[i, Math.ceil(source.articles / 2)]], articles: Math.ceil(source.articles / 2), words: 6 }))
  const altered = name => clusters.filter(it => it.flags.includes(name)).length
  return {
    schema: 'twicetold.audit/1',
    version: '0.1.0',
    run: {
      settings: { profile: 'paraphrase', threshold: 0.4, across: 'sources', rules: { numerals: true, captions: true } },
      files: Array.from({ length: 20 }, (_, i) => ({ path: `news/${i}.jsonl`, format: 'jsonl', documents: Math.ceil(articles.length / 20), bytes: 120_000 + i, xxh3: hex(i * 104_729) })),
      skipped_total: 1, skipped: [{ path: 'news/3.jsonl', line: 12, reason: 'an object with a text' }],
      recall: { engine: 'bands', bands: 46, rows: 3, threshold: 0.4, at_threshold: 0.951, contract: { recall: 0.95, at: 0.4 }, expected: 0.991, capped: 0 },
      window: null, clock_tolerance_seconds: 120, minimum_words: 20, wholly_from: 0.8, partially_from: 0.2, warnings: []
    },
    totals: {
      sources: outlets, articles: articles.length, dated_articles: articles.filter(it => it.published).length, sentences: articles.reduce((total, it) => total + it.sentences.length, 0),
      body_words: sum(articles, 'body_words'), reused_words: sum(articles, 'reused_words'), verbatim_words: sum(articles, 'verbatim_words'), edited_words: sum(articles, 'edited_words'),
      credited_words: sum(sources, 'credited_words'), clusters: clusters.length, article_pairs: pairs.length, passages: passages.length, own_update_pairs: 0,
      altered: { numbers: altered('numbers_differ'), negations: altered('negation_differs'), names: 0, quotes: clusters.filter(it => it.kind === 'quote' && it.variants.length > 1).length }
    },
    sources, articles, clusters, passages, article_pairs: pairs, source_edges: sourceEdges, boilerplate
  }
}

const BIDI = '\u202e\u2066evil\u2069'
const MARKUP = '<img src=x onerror="window.hurt=1"><script>window.hurt=2</script></script><style>body{display:none}</style><!-- '

// The same, with everything that comes from outside as hostile as can be, and one sentence of ten million characters.
export function hostile () {
  const it = audit(60, { seed: 3, outlets: 6 })
  for (const source of it.sources) source.name = MARKUP + BIDI + source.name
  for (const article of it.articles) {
    article.title = MARKUP + article.title + BIDI
    article.url = 'javascript:window.hurt=3'
    article.path = '../' + MARKUP
    article.byline = '\u0000\u0007' + BIDI
    article.credits = [MARKUP]
    for (const sentence of article.sentences) sentence.text += ' ' + MARKUP + BIDI
  }
  it.articles[0].sentences[0].text = '</script><script>window.hurt=4</script>' + 'word '.repeat(2_000_000)
  for (const cluster of it.clusters) for (const variant of cluster.variants) variant.text += ' ' + MARKUP + BIDI
  for (const row of it.boilerplate) row.text = MARKUP
  it.run.warnings = [MARKUP + BIDI]
  it.run.settings.hostile = MARKUP
  it.run.files[0].path = MARKUP
  return it
}

if (process.argv[1]?.endsWith('fixture.js')) {
  const made = process.argv[2] === 'hostile' ? hostile() : audit(Number(process.argv[2] ?? 1000))
  process.stdout.write(JSON.stringify(made))
}
