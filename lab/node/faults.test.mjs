// Peers on zeromq.js that misbehave, against one kernel that somebody else is using, as
// lab/test_faults.py has them on pyzmq. A table at the end tells how long the slowest answer
// took meanwhile, which is for people to judge; it includes what this process did itself.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { Dealer, Request, Subscriber, context } from 'zeromq'
import { CHANNELS, Kernel, Somebody, at } from './kernel.mjs'

context.maxSockets = 4096 // before the first socket

const table = []
let kernel, client, somebody

before(async () => { kernel = await Kernel.start() })

after(async () => {
  await kernel.close()
  console.log('fault'.padEnd(54), 'answers'.padStart(8), 'slowest, ms'.padStart(12))
  for (const [name, answers, slowest] of table)
    console.log(name.padEnd(54), String(answers).padStart(8), slowest.toFixed(1).padStart(12))
})

beforeEach(async () => {
  client = kernel.client()
  assert.equal((await client.receive('iopub')).type, 'iopub_welcome')
  somebody = new Somebody(kernel)
})

afterEach(async t => {
  client.close()
  await somebody.close()
  table.push([t.name, somebody.answers, somebody.slowest])
  assert.ok(kernel.alive(), 'the kernel has died')
})

test('an ordinary session', async () => {
  const header = await client.execute('fmt.Println("said")\n40 + 2')
  assert.deepEqual((await client.outputs(header)).map(m => m.type),
    ['status', 'execute_input', 'stream', 'execute_result', 'status'])
  assert.equal((await client.reply('shell', header)).content.status, 'ok')
  const code = 's := "🙂"; strings.HasPre'
  const { matches } = await client.ask('shell', 'complete_request', { code, cursor_pos: [...code].length })
  assert.deepEqual(matches, ['HasPrefix'])

  const asking = await client.execute('name, _ := display.Input("who? ")\nname', { allow_stdin: true })
  const question = await client.receive('stdin')
  assert.deepEqual([question.type, question.content], ['input_request', { prompt: 'who? ', password: false }])
  await client.send('stdin', 'input_reply', { status: 'ok', value: 'Ada' }, question.header)
  const answered = (await client.outputs(asking)).find(m => m.type === 'execute_result')
  assert.equal(answered.content.data['text/plain'], 'Ada')

  const endless = await client.execute('for {}')
  while ((await client.receive('iopub')).type !== 'execute_input'); // it has begun
  assert.equal((await client.ask('control', 'interrupt_request')).status, 'ok')
  assert.equal((await client.reply('shell', endless)).content.status, 'error')
  assert.equal(await client.value('6 * 7'), '42')
})

test('bad signature', async () => {
  const parts = [client.header('execute_request'), {}, {}, { code: 'forged := 1' }].map(p => JSON.stringify(p))
  for (const signature of ['', '0'.repeat(64), Buffer.alloc(64, 255), client.sign(parts).slice(0, -1)])
    await client.sockets.shell.send(['<IDS|MSG>', signature, ...parts])
  assert.equal((await client.reply('shell', await client.execute('forged'))).content.status, 'error')
})

test('missing delimiter', async () => {
  for (const frames of [[''], ['a'], ['a', 'b', 'c', 'd', 'e', 'f'], ['<IDS|MSG>']])
    for (const channel of ['shell', 'control', 'stdin']) await client.sockets[channel].send(frames)
  assert.equal(await client.value('1 + 1'), '2')
})

test('empty content', async () => {
  for (const content of ['', '{}', 'null', '[]', '{', '5'])
    for (const type of ['execute_request', 'complete_request', 'history_request', 'comm_open', 'shutdown']) {
      const parts = [JSON.stringify(client.header(type)), '{}', '{}', content]
      await client.sockets.shell.send(['<IDS|MSG>', client.sign(parts), ...parts])
    }
  assert.equal(await client.value('1 + 2'), '3')
})

test('a thousand silent connections', async t => {
  const silent = []
  t.after(() => silent.forEach(s => s.close()))
  const kinds = { shell: Dealer, control: Dealer, stdin: Dealer, iopub: Subscriber, hb: Request }
  const stands = i => new Promise(resolve => {
    const channel = CHANNELS[i % 5]
    silent[i] = new kinds[channel]({ linger: 0 })
    silent[i].events.on('handshake', resolve)
    silent[i].connect(at(kernel.info, channel))
  })
  await Promise.all(Array.from({ length: 1000 }, (_, i) => stands(i)))
  assert.equal(await client.value('1 + 3'), '4')
})

test('duplicate identity', async t => {
  const twins = []
  t.after(() => twins.forEach(c => c.close()))
  for (let i = 0; i < 2; i++) {
    twins.push(kernel.client({ identity: 'twin' }))
    for (const channel of ['shell', 'control']) assert.equal((await twins[i].ask(channel, 'kernel_info_request')).status, 'ok')
  }
  assert.equal(await client.value('1 + 4'), '5')
})

test('a subscriber that never reads 200 000 lines', async t => {
  const deaf = new Subscriber({ linger: 0, receiveHighWaterMark: 1, receiveBufferSize: 1 << 14, receiveTimeout: 20_000 })
  t.after(() => deaf.close())
  deaf.subscribe()
  deaf.connect(at(kernel.info, 'iopub'))
  assert.match(String((await deaf.receive())[0]), /welcome|^$/) // subscribed; from here on it is deaf
  const lines = 200_000
  const header = await client.execute(`for i := range ${lines} { fmt.Println(i) }`)
  const text = (await client.outputs(header)).filter(m => m.type === 'stream').map(m => m.content.text).join('')
  assert.ok(text === Array.from({ length: lines }, (_, i) => i + '\n').join(''), 'lines were lost or out of order')
  assert.ok((await deaf.receive()).length > 4, 'it could not have read, had it wanted to')
})

test('two thousand connects', async () => {
  for (let i = 0; i < 400; i++) {
    const hasty = kernel.client()
    assert.equal((await hasty.ask('control', 'kernel_info_request')).status, 'ok')
    hasty.close()
  }
  assert.equal(await client.value('1 + 5'), '6')
})

test('a peer that leaves in the middle', async () => {
  for (let i = 0; i < 50; i++) {
    const hasty = kernel.client()
    await hasty.execute('fmt.Print("to nobody")')
    hasty.close()
  }
  assert.equal(await client.value('1 + 6'), '7')
})

test('kill and restart on ipc', async t => {
  const local = await Kernel.start('ipc')
  t.after(() => local.close())
  for (let i = 0; i < 3; i++) {
    const c = local.client()
    assert.equal((await c.receive('iopub')).type, 'iopub_welcome')
    assert.equal(await c.value('1 + 7'), '8')
    c.close()
    await local.kill()
    for (const channel of CHANNELS) assert.ok(fs.existsSync(at(local.info, channel).replace('ipc://', '')), 'no socket file to trip over')
    await local.run()
  }
})
