// What was changed between two texts, word by word.
import { diffArrays } from 'diff'

// Beyond so many words, or so many changes, only the common beginning and end are told apart from the middle.
const MOST_WORDS = 20_000
const MOST_CHANGES = 1500

// Words with what stands behind them; scripts without blanks are cut by the browser's word boundaries.
const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null

export function tokens (text) {
  if (!segmenter || text.length > 100_000) return text.match(/\s+|[^\s]+/g) ?? []
  return Array.from(segmenter.segment(text), it => it.segment)
}

const meant = token => token.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

// [{ kind: 'same' | 'removed' | 'added', text, before }]; with `loose`, case and punctuation are no change, and `before` is what the same part
// is in the first text.
export function wordDiff (a, b, loose = false) {
  const [one, other] = [tokens(a), tokens(b)].map(list => loose ? glued(list) : list)
  const key = loose ? meant : token => token
  const isEqual = (x, y) => key(x) === key(y)
  const isSmall = one.length + other.length <= MOST_WORDS
  const changes = isSmall ? diffArrays(one, other, { comparator: isEqual, maxEditLength: MOST_CHANGES }) : undefined
  if (!changes) return ends(one, other, isEqual)
  let at = 0
  return joined(changes.map(change => {
    const kind = change.added ? 'added' : change.removed ? 'removed' : 'same'
    const before = kind === 'same' ? one.slice(at, at + change.value.length).join('') : undefined
    if (kind !== 'added') at += change.value.length
    return { kind, text: change.value.join(''), before }
  }))
}

// Marks and blanks belong to the word before them, at the beginning to the one behind.
function glued (list) {
  const found = []
  for (const token of list) {
    const last = found.at(-1)
    if (last !== undefined && (meant(token) === '' || meant(last) === '')) found[found.length - 1] += token
    else found.push(token)
  }
  return found
}

function ends (one, other, isEqual) {
  let start = 0
  const least = Math.min(one.length, other.length)
  while (start < least && isEqual(one[start], other[start])) start++
  let end = 0
  while (end < least - start && isEqual(one[one.length - 1 - end], other[other.length - 1 - end])) end++
  const part = (list, from, to) => list.slice(from, to).join('')
  return joined([
    { kind: 'same', text: part(other, 0, start), before: part(one, 0, start) },
    { kind: 'removed', text: part(one, start, one.length - end) },
    { kind: 'added', text: part(other, start, other.length - end) },
    { kind: 'same', text: part(other, other.length - end, other.length), before: part(one, one.length - end, one.length) }
  ])
}

// A blank between two changes belongs to them: one change is easier to read than three.
function joined (parts) {
  const found = []
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    if (part.text === '' && !part.before) continue
    const isBlank = part.kind === 'same' && part.text.trim() === '' && i > 0 && i < parts.length - 1
    if (isBlank) {
      add(found, 'removed', part.before)
      add(found, 'added', part.text)
    } else {
      add(found, part.kind, part.text, part.before)
    }
  }
  return found.filter(part => part.text !== '')
}

function add (found, kind, text, before) {
  for (let i = found.length - 1; i >= 0; i--) {
    if (found[i].kind === kind) {
      found[i].text += text
      if (kind === 'same') found[i].before += before
      return
    }
    if (found[i].kind === 'same' || kind === 'same') break
  }
  found.push({ kind, text, before })
}
