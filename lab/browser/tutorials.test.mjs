// Each tutorial in a real JupyterLab: opened, run from its first cell to its last, and read.
// What must be seen is written in tutorials.json, cell by cell; what must never be seen
// (an error, a broken picture, a complaint of the browser) is asked of every cell.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { after, before, test } from 'node:test'
import { PROJECT, startLab } from './jupyter.mjs'
import { launch, newPage } from './page.mjs'

const EXPECTED = JSON.parse(fs.readFileSync(new URL('tutorials.json', import.meta.url)))
const SCREENSHOTS = path.join(PROJECT, 'build', 'screenshots')
const RUN_WITHIN = 180_000 // ms for a whole tutorial

let server, browser

before(async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  server = await startLab({ name: 'tutorials', folders: [path.join(PROJECT, 'notebooks')] })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

for (const tutorial of EXPECTED) {
  test(tutorial.notebook, async t => {
    const lab = await newPage(browser)
    t.after(() => lab.page.context().close())
    await lab.openNotebook(server.url, tutorial.notebook)
    await lab.command('notebook:clear-all-cell-outputs')
    await lab.page.evaluate(() => window.looking.watch())
    await lab.runAll(RUN_WITHIN)
    const cells = await lab.cells()

    await t.test('every code cell ran, and none failed', () => {
      const code = cells.filter(c => c.code && c.source.trim())
      assert.ok(code.length > 0, 'no code cell')
      assert.deepEqual(code.map(c => c.prompt), code.map((_, k) => `[${k + 1}]:`))
      for (const c of cells) assert.deepEqual(c.wrong, [], `cell ${c.index}:\n${c.source}`)
    })

    await t.test('every picture is one', () => {
      for (const c of cells) {
        for (const p of c.pictures) {
          assert.ok(p.width > 0 && p.height > 0, `broken picture in cell ${c.index}: ${p.alt}`)
          assert.ok(p.wellFormed, `cell ${c.index}: the SVG is no XML`)
          if (p.svg) assert.ok(p.alt, `cell ${c.index}: a figure without a description`)
        }
      }
    })

    for (const want of tutorial.cells) {
      await t.test(want.what, () => check(cells, want))
    }

    await t.test('figures follow the theme', async () => {
      await inBothThemes(lab, tutorial.notebook)
    })

    await t.test('the browser has no complaint', () => assert.deepEqual(lab.complaints, []))
  })
}

// check finds the cells that an expectation speaks of and asks the last of them.
function check(cells, want) {
  const found = cells.filter(c => c.code && c.source.includes(want.source))
  assert.ok(found.length > 0, `no cell contains ${want.source}`)
  const cell = found[want.nth ?? found.length - 1]
  if (want.text) assert.match(cell.text, new RegExp(want.text, 'm'), cell.source)
  if (want.updates) assert.ok(cell.updates >= want.updates, `its output was updated ${cell.updates} times while it ran`)
  if (want.picture) checkPicture(cell, want.picture)
}

// checkPicture wants one picture of the cell to have the nodes in their shapes, at least
// so many elements of each class, and every text that is named.
function checkPicture(cell, { shapes, classes = {}, texts = [] }) {
  assert.ok(cell.pictures.length > 0, `no picture: ${cell.kinds} from\n${cell.source}`)
  const faults = p => [
    ...(!shapes || isDeepStrictEqual(p.shapes, shapes) ? [] : [`shapes are ${JSON.stringify(p.shapes)}`]),
    ...Object.keys(classes).filter(name => (p.classes[name] ?? 0) < classes[name])
      .map(name => `${p.classes[name] ?? 0} of class ${name}, want ${classes[name]}`),
    ...texts.filter(text => ![p.text, p.alt, ...p.titles].some(s => s.includes(text))).map(text => `no text ${text}`),
  ]
  const best = cell.pictures.map(faults).sort((a, b) => a.length - b.length)[0]
  assert.deepEqual(best, [], `in\n${JSON.stringify(cell.pictures, null, 1)}`)
}

// inBothThemes photographs the notebook in each theme; the ground of its figures must
// be light in the one and dark in the other.
async function inBothThemes(lab, notebook) {
  const name = path.basename(notebook, '.ipynb')
  for (const theme of ['Light', 'Dark']) {
    await lab.theme(`JupyterLab ${theme}`)
    const grounds = await lab.figureGrounds()
    assert.ok(grounds.length > 0, 'no figure')
    for (const g of grounds) {
      assert.ok(theme === 'Light' ? g.brightness > 200 : g.brightness < 70,
        `in the ${theme} theme the ground of "${g.alt}" has brightness ${g.brightness} of 255`)
    }
    await lab.photograph(path.join(SCREENSHOTS, `${name}-${theme.toLowerCase()}.png`))
  }
  await lab.theme('JupyterLab Light')
}
