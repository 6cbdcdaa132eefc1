// Pages for the tests, made by the program itself from invented data.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { audit, hostile } from './fixture.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = (program, args, options) => execFileSync(program, args, { cwd: root, maxBuffer: 2 ** 30, ...options })

// Both programs are built at once, with what the tests in Rust are built with.
function programs () {
  const told = run('cargo', ['build', '--quiet', '--locked', '--bin', 'twicetold', '--example', 'audit_page', '--message-format', 'json'])
  const artifacts = told.toString().split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line))
  const named = name => artifacts.find(it => it.executable && it.target.name === name).executable
  return { twicetold: named('twicetold'), auditPage: named('audit_page') }
}

const found = [
  ['Lake Wire', '2024-03-04T06:00:00Z', 'Ferry leaves at dawn', 'The ferry left Velmark at dawn with 214 passengers aboard. The harbour master said that nobody had been warned of the storm.'],
  ['Velmark Post', '2024-03-04T07:10:00Z', '<script>window.hurt=1</script>', 'The ferry left Velmark at dawn with 241 passengers aboard. The harbour master said nobody had been warned of the coming storm.'],
  ['Radio North', '2024-03-04T08:30:00Z', 'Families wait', 'The ferry left Velmark at dawn with 214 passengers aboard. <img src=x onerror=window.hurt=2> \u202eNobody came to the pier on that cold and foggy morning.'],
  ['Radio South', '2024-03-04T09:30:00Z', 'Nobody', '<img src=x onerror=window.hurt=2> \u202eNobody came to the pier on that cold and foggy morning.']
]

const decisions = [
  { id: 'c0000000000000000', kind: 'cluster', decision: 'reject', label: null, note: 'two <b>things</b>' },
  { id: 'p0000000000000000', kind: 'article_pair', decision: 'relabel', label: 'licensed copy', note: '', a: 'a0000000000000000', b: 'a0000000000000001' }
]

// { small, decided, large, hostile, found }: paths of pages. `large` has ten thousand matches, `decided` what `small` has and two decisions.
export function pages () {
  const folder = mkdtempSync(join(tmpdir(), 'twicetold-page-'))
  const write = (name, bytes) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }
  const { twicetold, auditPage } = programs()
  const page = json => run(auditPage, [], { input: JSON.stringify(json) })
  const records = found.map(([source, date, title, text]) => JSON.stringify({ source, date, title, text }) + '\n').join('')
  const news = write('news.jsonl', records)
  return {
    folder,
    small: write('small.html', page(audit(1000))),
    decided: write('decided.html', page({ ...audit(1000), decisions })),
    large: write('large.html', page(audit(10_000))),
    hostile: write('hostile.html', page(hostile())),
    found: write('found.html', run(twicetold, ['detect', news, '--format', 'html']))
  }
}
