// Builds the page's script and style, and the content policy that names their digests, into src/report/page/.
// With --check nothing is written: it fails unless what is there is what the sources build, byte for byte.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = new URL('.', import.meta.url)
const target = new URL('../src/report/page/', here)

// Plot writes a style element into each chart, which the page's policy does not allow; its few rules stand in charts.css.
const withoutPlotStyle = {
  name: 'without-plot-style',
  setup (builder) {
    builder.onLoad({ filter: /@observablehq\/plot\/src\/plot\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const changed = text.replace(/svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/, 'svg')
      if (changed === text) throw new Error('plot.js writes its style in another way')
      return { contents: changed, loader: 'js' }
    })
  }
}

const options = {
  absWorkingDir: fileURLToPath(here),
  bundle: true,
  minify: true,
  write: false,
  charset: 'ascii',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning'
}

// The notices of what is bundled stand at the head of the bundle, as their licences ask.
async function notices (inputs) {
  const packages = new Set()
  for (const input of Object.keys(inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)
    if (found) packages.add(found[1])
  }
  const parts = []
  for (const name of [...packages].sort()) {
    const folder = new URL(`node_modules/${name}/`, here)
    const { version, license } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'))
    let text = `${license}`
    for (const file of ['LICENSE', 'LICENSE.md', 'LICENSE.txt']) {
      try {
        text = await readFile(new URL(file, folder), 'utf8')
        break
      } catch {}
    }
    parts.push(`${name} ${version}\n${text.trim()}`)
  }
  return `/*\n${parts.join('\n\n---\n\n').replaceAll('*/', '* /')}\n*/\n`
}

async function bundle () {
  const script = await build({ ...options, format: 'iife', entryPoints: ['src/main.js'], metafile: true, plugins: [withoutPlotStyle] })
  const style = await build({ ...options, entryPoints: ['src/page.css'] })
  const js = await notices(script.metafile.inputs) + script.outputFiles[0].text
  const css = style.outputFiles[0].text
  for (const text of [js, css]) {
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error('the bundle holds what would end its element')
  }
  const digest = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = [
    "default-src 'none'",
    `script-src ${digest(js)}`,
    `style-src ${digest(css)}`,
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ')
  return { 'page.js': js, 'page.css': css, 'page.csp': policy + '\n' }
}

const isCheck = process.argv.includes('--check')
for (const [name, text] of Object.entries(await bundle())) {
  const path = new URL(name, target)
  if (!isCheck) {
    await writeFile(path, text)
    console.log(`${name}: ${text.length} bytes`)
  } else if (await readFile(path, 'utf8').catch(() => '') !== text) {
    console.error(`src/report/page/${name} is not what web/ builds: run npm run build in web/`)
    process.exitCode = 1
  }
}
