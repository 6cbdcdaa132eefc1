// The page in a real browser: what a person does with it, what it must never do, and whether everybody can use it.
import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { open } from './browser.js'
import { pages } from './pages.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser
let made

before(async () => {
  made = pages()
  browser = await open()
}, { timeout: 900_000 })

after(async () => {
  await browser?.close()
  if (made) rmSync(made.folder, { recursive: true })
})

// A tab with a page in it; `check()` asserts that nothing was complained of and nothing was asked for.
async function visit (path, { hash = '', bypassCSP = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP, ...options })
  const tab = await context.newPage()
  const complaints = []
  const requests = []
  tab.on('console', message => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()) })
  tab.on('pageerror', error => complaints.push(error.message))
  const address = pathToFileURL(path).href
  await tab.route('**/*', route => {
    const url = route.request().url()
    if (url.split('#')[0] === address) return route.continue()
    requests.push(url)
    return route.abort()
  })
  await tab.goto(address + hash)
  await tab.waitForSelector('html[data-ready]')
  const check = async () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual(requests.filter(url => !url.startsWith('blob:')), [])
    assert.equal(await tab.evaluate(() => window.hurt), undefined)
    await context.close()
  }
  const go = async view => {
    await tab.evaluate(to => { location.hash = to }, view)
    await tab.waitForTimeout(150)
  }
  return { tab, go, check }
}

const AUDIT = ['summary', 'sources', 'pairs/2/13', 'stories', 'stories/3', 'quotations', 'articles', 'article/1', 'beside/0/1', 'boilerplate', 'methods']
const FOUND = ['summary', 'clusters', 'clusters/0', 'methods']

test('a person drills down from the matrix to two articles side by side, by mouse and by keys', async () => {
  const { tab, check } = await visit(made.small)
  await tab.click('nav >> text=Sources')
  await tab.locator('.matrix td a').first().focus()
  await tab.keyboard.press('ArrowRight')
  assert.ok(await tab.evaluate(() => document.activeElement.closest('td') !== null))
  await tab.keyboard.press('Enter')
  await tab.waitForSelector('[role=option]')
  await tab.locator('[role=listbox]').focus()
  await tab.keyboard.press('ArrowDown')
  await tab.keyboard.press('Enter')
  await tab.waitForSelector('.beside .match')
  const all = await tab.locator('.beside .pair').count()
  await tab.check('text=what differs')
  const changed = await tab.locator('.beside .pair').count()
  assert.ok(changed < all, `${changed} of ${all} rows`)
  assert.ok(await tab.locator('.beside ins').count() > 0)
  assert.ok(await tab.locator('.beside del').count() > 0)
  await check()
})

test('the totals follow the filters, and come back', async () => {
  const { tab, check } = await visit(made.small)
  const totals = () => tab.textContent('#totals')
  const before = await totals()
  await tab.click('summary >> text=Filters')
  await tab.check('input[name=quotes]')
  await tab.waitForFunction(old => document.querySelector('#totals').textContent !== old, before)
  const withoutQuotes = await totals()
  await tab.selectOption('select[name=relation]', 'exact')
  await tab.waitForFunction(old => document.querySelector('#totals').textContent !== old, withoutQuotes)
  assert.match(await totals(), /of the reused words are verbatim100 %/)
  await tab.fill('input[name=from]', '2030-01-01')
  await tab.waitForFunction(() => document.querySelector('#totals').textContent.includes('articles0'))
  await tab.click('text=Clear filters')
  await tab.waitForFunction(old => document.querySelector('#totals').textContent === old, before)
  await check()
})

test('counting without a filter gives the totals of the audit', async () => {
  const { tab, check } = await visit(made.small)
  const before = await tab.textContent('#totals')
  await tab.click('summary >> text=Filters')
  await tab.fill('input[name=words]', '1')
  await tab.waitForTimeout(300)
  assert.equal(await tab.textContent('#totals'), before)
  await check()
})

test('a decision is saved as a file, and read back', async () => {
  const { tab, go, check } = await visit(made.small)
  await go('beside/0/1')
  await tab.check('.decision input[value=relabel]')
  await tab.fill('.decision input[aria-label="New label"]', 'common source')
  await tab.fill('.decision input[aria-label=Note]', 'both from <the> wire')
  await tab.keyboard.press('Tab')
  await go('stories/3')
  await tab.check('.decision input[value=accept]')
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-decisions')])
  assert.equal(download.suggestedFilename(), 'decisions.jsonl')
  const path = await download.path()
  const lines = readFileSync(path, 'utf8').trim().split('\n').map(line => JSON.parse(line))
  assert.equal(lines.length, 2)
  assert.deepEqual(lines.find(line => line.kind === 'article_pair'), { id: 'p0000000000000000', kind: 'article_pair', decision: 'relabel', label: 'common source', note: 'both from <the> wire', a: 'a0000000000000000', b: 'a0000000000000001' })
  const again = await visit(made.small)
  await again.tab.setInputFiles('input[type=file]', { name: 'decisions.jsonl', mimeType: 'text/plain', buffer: Buffer.from(readFileSync(path, 'utf8') + 'no decision\n') })
  await again.tab.waitForFunction(() => document.querySelector('#save-decisions').textContent.includes('2'))
  assert.match(await again.tab.textContent('.decisions-bar'), /1 lines are no decisions/)
  await again.go('beside/0/1')
  assert.ok(await again.tab.isChecked('.decision input[value=relabel]'))
  assert.match(await again.tab.textContent('dl.facts'), /Classcommon source/)
  await again.go('methods')
  assert.match(await again.tab.textContent('main'), /relabelcommon sourceboth from <the> wire/)
  await again.check()
  await check()
})

test('what was decided before is shown where it belongs, and saved again', async () => {
  const { tab, go, check } = await visit(made.decided)
  await go('stories/0')
  assert.match(await tab.textContent('.detail'), /rejected: it counts as nobody’s reuse/)
  await go('beside/0/1')
  assert.match(await tab.textContent('dl.facts'), /Classlicensed copy/)
  await go('methods')
  assert.match(await tab.textContent('main'), /two <b>things<\/b>/)
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-decisions')])
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n').map(line => JSON.parse(line))
  assert.deepEqual(lines.map(line => [line.id, line.decision, line.label]), [['c0000000000000000', 'reject', null], ['p0000000000000000', 'relabel', 'licensed copy']])
  await check()
})

test('two wordings are decided side by side, and a label stands in the place of their relation', async () => {
  const { tab, go, check } = await visit(made.small)
  await go('beside/0/1')
  const row = tab.locator('.beside .changed').first()
  await row.locator('summary').click()
  await row.locator('input[value=relabel]').check()
  await row.locator('input[aria-label="New label"]').fill('house style')
  await tab.keyboard.press('Tab')
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-decisions')])
  const line = JSON.parse(readFileSync(await download.path(), 'utf8'))
  assert.deepEqual([line.kind, line.id, line.label], ['pair', `${line.a}:${line.b}`, 'house style'])
  assert.ok(line.a < line.b && /^s[0-9a-f]{16}$/.test(line.a))
  await go('stories')
  await go('beside/0/1')
  assert.match(await row.textContent(), /house style/)
  await check()
})

test('the figures of a story that changed are shown with who had them first', async () => {
  const { tab, go, check } = await visit(made.small)
  await go('stories/3')
  const table = tab.locator('section').filter({ hasText: 'Figures that changed' })
  assert.match(await table.textContent(), /886/)
  assert.match(await table.textContent(), /891/)
  await check()
})

test('clusters of detect are shown with their changes, and a pair is decided by the names of its sentences', async () => {
  const { tab, go, check } = await visit(made.found)
  for (const view of FOUND) await go(view)
  await go('clusters')
  await tab.selectOption('select[name=order]', 'similarity')
  await tab.locator('[role=option]').first().click()
  await tab.click('summary >> text=Decide this pair')
  await tab.check('.decide input[value=reject]')
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#save-decisions')])
  const [line] = readFileSync(await download.path(), 'utf8').trim().split('\n').map(it => JSON.parse(it))
  assert.match(line.a, /^s[0-9a-f]{16}$/)
  assert.equal(line.id, `${line.a}:${line.b}`)
  assert.equal(line.decision, 'reject')
  assert.ok(await tab.locator('ins').count() > 0)
  await check()
})

test('nothing that comes from outside acts, however hostile', async () => {
  const { tab, go, check } = await visit(made.hostile)
  for (const view of AUDIT) {
    await go(view)
    assert.equal(await tab.locator('main img, main style, main script, main a[href^="javascript:"]').count(), 0, view)
  }
  await go('article/0')
  await tab.waitForSelector('.sentence')
  const text = await tab.textContent('.sentences')
  assert.ok(text.includes('<script>window.hurt=4</script>'), 'markup is shown as text')
  assert.ok(!/[\u202a-\u202e\u2066-\u2069\u0000]/.test(await tab.textContent('main')), 'no acting character is left')
  assert.ok(text.length < 100_000, 'a sentence of ten million characters is cut')
  await tab.locator('button.link').first().click()
  await tab.waitForTimeout(500)
  assert.ok((await tab.textContent('.sentences')).length > 9_000_000, 'and shown when it is asked for')
  await check()
})

test('every view is shown without a complaint on a phone, and none is wider than it', async () => {
  for (const [page, views] of [[made.small, AUDIT], [made.found, FOUND]]) {
    const { tab, go, check } = await visit(page, { viewport: { width: 390, height: 844 } })
    for (const view of views) {
      await go(view)
      assert.equal(await tab.locator('main [role=alert]').count(), 0, view)
      const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(over <= 0, `${view} is ${over} too wide`)
    }
    await check()
  }
})

test('paper is light and has no controls, whatever the theme', async () => {
  const { tab, go, check } = await visit(made.small, { colorScheme: 'dark' })
  const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor)
  assert.notEqual(await ground(), 'rgb(255, 255, 255)')
  await tab.click('#theme')
  assert.equal(await ground(), 'rgb(255, 255, 255)')
  await tab.click('#theme')
  await tab.emulateMedia({ media: 'print' })
  for (const view of ['summary', 'beside/0/1']) {
    await go(view)
    assert.equal(await ground(), 'rgb(255, 255, 255)')
    assert.equal(await tab.locator('nav, .decision, .filters').filter({ visible: true }).count(), 0)
  }
  await check()
})

test('the policy stops a script that is not the page’s', async () => {
  const { tab } = await visit(made.small)
  const ran = await tab.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.foreign = 1'
    document.body.append(script)
    return window.foreign
  })
  assert.equal(ran, undefined)
  await tab.context().close()
})

for (const colorScheme of ['light', 'dark']) {
  test(`an accessibility engine finds nothing serious in the ${colorScheme} theme`, async () => {
    const found = []
    for (const [page, views] of [[made.small, AUDIT], [made.found, FOUND]]) {
      const { tab, go } = await visit(page, { colorScheme, bypassCSP: true })
      await tab.addScriptTag({ content: axe })
      await tab.evaluate(() => { for (const it of document.querySelectorAll('details')) it.open = true })
      for (const view of views) {
        await go(view)
        const { violations } = await tab.evaluate(() => window.axe.run())
        const serious = violations.filter(it => ['serious', 'critical'].includes(it.impact))
        found.push(...serious.map(it => `${view}: ${it.id}: ${it.nodes[0].html.slice(0, 200)} ${it.nodes[0].failureSummary}`))
      }
      await tab.context().close()
    }
    assert.deepEqual(found, [])
  })
}

test('the first screen of ten thousand matches is painted within a second', async () => {
  const { tab, go, check } = await visit(made.large)
  const { paint, ready } = await tab.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    ready: performance.getEntriesByName('ready')[0].startTime
  }))
  console.log(`first paint after ${Math.round(paint)} ms, all counted after ${Math.round(ready)} ms`)
  assert.ok(paint < 1000, `${paint} ms`)
  await go('stories')
  assert.ok(await tab.locator('[role=option]').count() < 60, 'only what is seen is in the list')
  await tab.locator('[role=listbox]').focus()
  await tab.keyboard.press('End')
  await tab.keyboard.press('Enter')
  await tab.waitForSelector('.detail blockquote')
  await check()
})
