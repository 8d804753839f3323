// Each tutorial in a real JupyterLab: opened, run from its first cell to its last, and read.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { TUTORIALS, checkAll } from './expected.mjs'
import { PROJECT, startLab } from './jupyter.mjs'
import { SCREENSHOTS, launch, newPage } from './page.mjs'

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

for (const tutorial of TUTORIALS) {
  test(tutorial.notebook, async t => {
    const lab = await newPage(browser)
    t.after(() => lab.page.context().close())
    await lab.openNotebook(server.url, tutorial.notebook)
    await lab.command('notebook:clear-all-cell-outputs')
    await lab.page.evaluate(() => window.looking.watch())
    await lab.runAll()
    const cells = await lab.cells()

    await checkAll(t, cells, tutorial)

    await t.test('figures follow the theme', async () => {
      await inBothThemes(lab, tutorial.notebook)
    })

    await t.test('the browser has no complaint', () => assert.deepEqual(lab.complaints, []))
  })
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
