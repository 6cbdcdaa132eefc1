// What the marks of changes must always hold.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordDiff } from '../src/word-diff.js'

const sides = parts => [
  parts.filter(part => part.kind !== 'added').map(part => part.before ?? part.text).join(''),
  parts.filter(part => part.kind !== 'removed').map(part => part.text).join('')
]

const WORDS = ['ferry', 'Ferry,', 'dawn', '214', '241', '“not”', 'Velmark', '港口', 'ĳs', '  ']

function texts (seed) {
  let state = seed
  const dice = below => (state = (state * 48271) % 2147483647) % below
  const one = () => Array.from({ length: dice(12) }, () => WORDS[dice(WORDS.length)]).join(' ')
  return [one(), one()]
}

test('both texts can be read from the marks, whatever they are', () => {
  for (let seed = 1; seed < 800; seed++) {
    const [a, b] = texts(seed)
    for (const loose of [false, true]) assert.deepEqual(sides(wordDiff(a, b, loose)), [a, b])
  }
})

test('the changed words are marked, and no others', () => {
  assert.deepEqual(wordDiff('The ferry left with 214 aboard.', 'The ferry left with 241 aboard.'), [
    { kind: 'same', text: 'The ferry left with ', before: 'The ferry left with ' },
    { kind: 'removed', text: '214', before: undefined },
    { kind: 'added', text: '241', before: undefined },
    { kind: 'same', text: ' aboard.', before: ' aboard.' }
  ])
})

test('case and punctuation are no change where they shall not be', () => {
  const marks = wordDiff('“The Ferry” left', 'the ferry left', true)
  assert.deepEqual(marks, [{ kind: 'same', text: 'the ferry left', before: '“The Ferry” left' }])
})

test('texts of a million words are compared by their ends', () => {
  const long = 'word '.repeat(1_000_000)
  const marks = wordDiff(long + 'one end', long + 'another end')
  assert.deepEqual(sides(marks), [long + 'one end', long + 'another end'])
  assert.equal(marks.filter(part => part.kind === 'removed')[0].text, 'one')
})
