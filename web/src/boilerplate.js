// What was kept out of the counts and why; each line can be called text after all.
import * as data from './data.js'
import { form } from './decisions.js'
import { el } from './dom.js'
import { count, counted, words } from './format.js'
import { name, passage } from './outside.js'
import { table } from './table.js'

export async function view ({ model }) {
  const rows = await data.rows('boilerplate')
  const total = rows.reduce((sum, row) => sum + row.words * row.articles, 0)
  return el('div', {},
    rows.length > 0 && el('p', {}, `${counted(rows.length, 'line')} that repeat for technical reasons and are not counted as reuse. Accept keeps a line out; reject counts it as text, in the next run that is given these decisions.`),
    table([
      { head: 'Text', cell: row => passage(row.text, 'div', undefined, 600) },
      { head: 'Why', cell: row => row.kind === 'boilerplate' ? words(row.kind) : 'text, as was decided', sort: row => row.kind },
      { head: 'Articles', number: true, cell: row => count(row.articles), sort: row => row.articles },
      { head: 'Words', number: true, cell: row => count(row.words), sort: row => row.words },
      { head: 'Sources', cell: row => [row.sources.slice(0, 3).map(([source, articles], i) => [i > 0 && ', ', name(model.sources[source]?.name), ` (${count(articles)})`]), row.sources.length > 3 && ` and ${row.sources.length - 3} more`] },
      { head: 'Decision', cell: row => form({ id: row.id ?? `boilerplate:${row.text.slice(0, 400)}`, kind: 'boilerplate', text: row.text.slice(0, 4000) }, ['boilerplate', 'text'], 'Is it boilerplate?', 'decision compact') }
    ], rows, { caption: 'Boilerplate and templates', by: 2, most: 30, empty: total === 0 ? 'No boilerplate was found.' : '' }))
}
