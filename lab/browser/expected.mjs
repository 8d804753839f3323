// What a tutorial must show once it has run, whichever front end shows it. It is written in
// tutorials.json, cell by cell; what must never be seen (an error, a broken picture) is asked
// of every cell.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

export const TUTORIALS = JSON.parse(fs.readFileSync(new URL('tutorials.json', import.meta.url)))

// checkAll asks everything of the cells of a tutorial, each thing a test below t.
export async function checkAll(t, cells, tutorial) {
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
