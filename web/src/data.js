// The tables in the page: read when they are asked for, block by block, the details of a row when it is looked at.

const CACHED = 12

const tables = new Map()

// Collects the blocks that are there; called again when the whole page has been read.
export function collect () {
  tables.clear()
  for (const element of document.querySelectorAll('script[data-table]')) {
    const { table, part, first, count } = element.dataset
    const found = tables.get(table) ?? { rows: [], details: [], loaded: null, cache: new Map() }
    tables.set(table, found)
    found[part].push({ element, first: Number(first), count: Number(count) })
  }
}

// The number of rows of a table.
export function size (table) {
  return (tables.get(table)?.rows ?? []).reduce((sum, block) => sum + block.count, 0)
}

// All rows of a table.
export function rows (table) {
  const found = tables.get(table)
  if (!found) return Promise.resolve([])
  found.loaded ??= all(found.rows)
  return found.loaded
}

async function all (blocks) {
  const found = []
  for (const block of blocks) {
    for (const row of await unpack(block.element)) found.push(row)
  }
  return found
}

// The details of a row, or null.
export async function details (table, row) {
  const found = tables.get(table)
  const block = found?.details.find(block => row >= block.first && row < block.first + block.count)
  if (!block) return null
  let loaded = found.cache.get(block)
  found.cache.delete(block)
  loaded ??= unpack(block.element)
  found.cache.set(block, loaded)
  if (found.cache.size > CACHED) found.cache.delete(found.cache.keys().next().value)
  return (await loaded)[row - block.first]
}

async function unpack (element) {
  const packed = bytes(element.textContent)
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Response(stream).json()
}

function bytes (base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64)
  const text = atob(base64)
  const found = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) found[i] = text.charCodeAt(i)
  return found
}
