// What people do in JupyterLab all day: pick the kernel, type, run, stop, complete, restart.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startLab } from './jupyter.mjs'
import { launch, newPage } from './page.mjs'

const KERNEL = 'Gradbook'

let server, browser

before(async () => {
  server = await startLab({ name: 'manners', folders: [] })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

// fresh opens a new notebook from the launcher's card.
async function fresh(t) {
  const lab = await newPage(browser)
  t.after(() => lab.page.context().close())
  await lab.open(`${server.url}/lab?reset`)
  await lab.card(KERNEL).click()
  await lab.page.waitForSelector('.jp-Notebook .jp-Cell')
  await lab.idle()
  return lab
}

// runs types code into the selected cell, runs it and gives what it shows.
async function runs(lab, code) {
  await lab.type(code)
  return lab.shown(await lab.run())
}

test('the launcher shows the kernel with its logo', async t => {
  const lab = await newPage(browser)
  t.after(() => lab.page.context().close())
  await lab.open(`${server.url}/lab?reset`)
  const logo = lab.card(KERNEL).locator('img')
  await logo.waitFor()
  assert.ok(await logo.evaluate(image => image.decode().then(() => image.naturalWidth)) > 0, 'the logo is broken')
  assert.deepEqual(lab.complaints, [])
})

test('a typed cell is run by Shift-Enter', async t => {
  const lab = await fresh(t)
  const cell = await runs(lab, '1 + 1')
  assert.equal(cell.text, '2')
  assert.equal(cell.prompt, '[1]:')
  assert.deepEqual(cell.wrong, [])
  assert.deepEqual(lab.complaints, [])
})

test('an endless loop is stopped, and the next cell runs', async t => {
  const lab = await fresh(t)
  await runs(lab, 'kept := 41')
  await lab.type('for {}')
  const loop = await lab.run()
  await lab.page.waitForFunction(i => window.looking.running(i) && window.looking.kernelStatus() === 'busy', loop)
  await lab.stopButton().click()
  const stopped = await lab.shown(loop)
  assert.match(stopped.wrong.join(), /interrupt/i)
  assert.equal((await runs(lab, 'kept + 1')).text, '42')
})

test('Tab offers completions', async t => {
  const lab = await fresh(t)
  await lab.type('graph.M')
  await lab.page.waitForSelector('.jp-mod-active .jp-mod-completer-enabled') // Tab indents before that
  await lab.page.keyboard.press('Tab')
  const popup = lab.page.locator('.jp-Completer:visible')
  for (const name of ['MatMul', 'Minimize']) await popup.locator('.jp-Completer-item', { hasText: name }).waitFor()
})

test('Shift-Tab shows the documentation', async t => {
  const lab = await fresh(t)
  await lab.type('graph.Minimize(')
  await lab.page.waitForSelector('.jp-mod-active .jp-mod-completer-enabled:not(.jp-mod-in-leading-whitespace)') // it outdents before that
  await lab.page.keyboard.press('Shift+Tab')
  const tooltip = lab.page.locator('.jp-Tooltip:visible')
  await tooltip.getByText('Minimize').first().waitFor() // Markdown is drawn after the frame is shown
  const text = await tooltip.innerText()
  assert.match(text, /func Minimize\(loss \*Node, t Training\) \(\*Fit, error\)/)
  assert.match(text, /changes the variables that loss depends on/)
})

test('an error points at its place, before anything of the cell has run', async t => {
  const lab = await fresh(t)
  await lab.type('') // puts the cursor into the cell
  await lab.page.keyboard.insertText('fmt.Println("ran")\nword := strings.ToUper("x")\n')
  const cell = await lab.shown(await lab.run())
  assert.equal(cell.wrong.length, 1)
  assert.match(cell.wrong[0], /cell 1, line 2, column 17: undefined: strings\.ToUper \(did you mean strings\.ToUpper\?\)/)
  const [, source, caret] = cell.wrong[0].split('\n')
  assert.equal(caret.indexOf('^'), source.indexOf('ToUper'))
  assert.doesNotMatch(cell.text, /^ran/)
})

test('a cell asks, and goes on with the answer', async t => {
  const lab = await fresh(t)
  await lab.type('display.Input("name?")')
  const asked = await lab.run()
  const box = lab.page.locator('input.jp-Stdin-input')
  await box.waitFor()
  await box.fill('Ada')
  await box.press('Enter')
  assert.match((await lab.shown(asked)).text, /Ada/)
})

test('a kernel that Go itself ends says why, and the next one serves', async t => {
  const lab = await fresh(t)
  await lab.type('')
  await lab.page.keyboard.insertText('m := map[int]int{}\nfor g := range 8 { go func() { for { m[g] = g } }() }\nselect {}')
  const cell = await lab.run()
  await lab.page.waitForFunction(i => window.looking.cell(i).wrong.join().includes('concurrent map writes'), cell)
  await lab.page.locator('.jp-Dialog', { hasText: 'Restarting' }).locator('button.jp-mod-accept').click()
  assert.equal((await runs(lab, '20 + 1')).text, '21')
})

test('a restart forgets variables and counts from one', async t => {
  const lab = await fresh(t)
  await runs(lab, 'before := 1')
  const restarted = lab.command('kernelmenu:restart')
  await lab.page.locator('.jp-Dialog button.jp-mod-accept').click()
  await restarted
  await lab.idle()
  const forgotten = await runs(lab, 'before')
  assert.match(forgotten.wrong.join(), /before/)
  assert.equal(forgotten.prompt, '[1]:')
  assert.equal((await runs(lab, '3 * 4')).text, '12')
})
