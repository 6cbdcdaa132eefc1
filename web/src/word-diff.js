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

// [{ kind: 'same' | 'removed' | 'added', text }]; with `loose`, case and punctuation are no change.
export function wordDiff (a, b, loose = false) {
  const [one, other] = [tokens(a), tokens(b)]
  const key = loose ? meant : token => token
  const isEqual = (x, y) => key(x) === key(y)
  const isSmall = one.length + other.length <= MOST_WORDS
  const changes = isSmall ? diffArrays(one, other, { comparator: isEqual, maxEditLength: MOST_CHANGES }) : undefined
  if (!changes) return ends(one, other, isEqual)
  return joined(changes.map(change => ({
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
    text: change.value.join('')
  })))
}

function ends (one, other, isEqual) {
  let start = 0
  const least = Math.min(one.length, other.length)
  while (start < least && isEqual(one[start], other[start])) start++
  let end = 0
  while (end < least - start && isEqual(one[one.length - 1 - end], other[other.length - 1 - end])) end++
  const part = (list, from, to) => list.slice(from, to).join('')
  return joined([
    { kind: 'same', text: part(one, 0, start) },
    { kind: 'removed', text: part(one, start, one.length - end) },
    { kind: 'added', text: part(other, start, other.length - end) },
    { kind: 'same', text: part(other, other.length - end, other.length) }
  ])
}

// A blank between two changes belongs to them: one change is easier to read than three.
function joined (parts) {
  const found = []
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    if (part.text === '') continue
    const isBlank = part.kind === 'same' && part.text.trim() === '' && i > 0 && i < parts.length - 1
    if (isBlank) {
      add(found, 'removed', part.text)
      add(found, 'added', part.text)
    } else {
      add(found, part.kind, part.text)
    }
  }
  return found.filter(part => part.text !== '')
}

function add (found, kind, text) {
  for (let i = found.length - 1; i >= 0; i--) {
    if (found[i].kind === kind) {
      found[i].text += text
      return
    }
    if (found[i].kind === 'same' || kind === 'same') break
  }
  found.push({ kind, text })
}
