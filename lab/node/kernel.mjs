// A kernel started from its kernelspec, and a client of it on zeromq.js, the library by
// which VS Code speaks to kernels. It signs and frames by itself, as lab/rawclient.py does.
import { spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Dealer, Request, Subscriber } from 'zeromq'

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const SPEC = path.join(PROJECT, '.venv/share/jupyter/kernels/gradbook/kernel.json')
export const CHANNELS = ['shell', 'control', 'stdin', 'iopub', 'hb']
const DELIMITER = '<IDS|MSG>'
const PATIENCE = 20_000 // ms; far more than any answer needs, so that only silence fails

// freePorts asks the system for ports, all at once so that they differ.
async function freePorts(n) {
  const servers = Array.from({ length: n }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map(s => once(s, 'listening')))
  const ports = servers.map(s => s.address().port)
  await Promise.all(servers.map(s => once(s.close(), 'close')))
  return ports
}

export class Kernel {
  // start runs a kernel on five ports of its own; on ipc their numbers are those of files.
  static async start(transport = 'tcp') {
    const kernel = new Kernel()
    kernel.home = fs.mkdtempSync(path.join(os.tmpdir(), 'gradbook-node-'))
    const ports = transport === 'tcp' ? await freePorts(5) : [1, 2, 3, 4, 5]
    kernel.info = { transport, ip: transport === 'tcp' ? '127.0.0.1' : path.join(kernel.home, 'ipc'), key: randomUUID(),
      signature_scheme: 'hmac-sha256', ...Object.fromEntries(CHANNELS.map((name, i) => [name + '_port', ports[i]])) }
    await kernel.run()
    return kernel
  }

  // run starts the process, a second time after it was killed, and waits for its first word.
  async run() {
    const file = path.join(this.home, 'connection.json')
    fs.writeFileSync(file, JSON.stringify(this.info))
    const [program, ...args] = JSON.parse(fs.readFileSync(SPEC, 'utf8')).argv.map(a => a.replace('{connection_file}', file))
    this.process = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    this.ended = once(this.process, 'exit')
    const first = this.client()
    await first.ask('control', 'kernel_info_request')
    first.close()
  }

  client(options) { return new Client(this.info, options) }

  alive() { return this.process.exitCode === null && this.process.signalCode === null }

  async kill() {
    this.process.kill('SIGKILL')
    await this.ended
  }

  async close() {
    await this.kill()
    fs.rmSync(this.home, { recursive: true, force: true })
  }
}

// at is the address of a channel.
export const at = (info, channel) =>
  `${info.transport}://${info.ip}${info.transport === 'tcp' ? ':' : '-'}${info[channel + '_port']}`

// A Client has a socket for each channel, under one identity and one session.
export class Client {
  constructor(info, { identity = randomUUID() } = {}) {
    this.info = info
    this.session = randomUUID()
    const dealer = () => new Dealer({ routingId: identity, linger: 0, receiveTimeout: PATIENCE })
    this.sockets = { shell: dealer(), control: dealer(), stdin: dealer(),
      iopub: new Subscriber({ linger: 0, receiveTimeout: PATIENCE, receiveHighWaterMark: 0 }),
      hb: new Request({ linger: 0, receiveTimeout: PATIENCE }) }
    this.sockets.iopub.subscribe()
    for (const [channel, socket] of Object.entries(this.sockets)) socket.connect(at(info, channel))
  }

  close() {
    for (const socket of Object.values(this.sockets)) socket.close()
  }

  sign(parts) {
    const mac = createHmac('sha256', this.info.key)
    for (const p of parts) mac.update(p)
    return mac.digest('hex')
  }

  header(type) {
    return { msg_id: randomUUID(), session: this.session, username: 'node', date: new Date().toISOString(), msg_type: type, version: '5.5' }
  }

  // send sends a request and gives its header, by which the answers are known.
  async send(channel, type, content = {}, parent = {}) {
    const header = this.header(type)
    const parts = [header, parent, {}, content].map(p => JSON.stringify(p))
    await this.sockets[channel].send([DELIMITER, this.sign(parts), ...parts])
    return header
  }

  // receive gives the next message of a channel; it fails after some seconds of silence.
  async receive(channel) {
    const frames = await this.sockets[channel].receive()
    const delimiter = frames.findIndex(f => f.toString() === DELIMITER)
    const [signature, ...parts] = frames.slice(delimiter + 1).map(String)
    if (signature !== this.sign(parts.slice(0, 4))) throw new Error(`wrong signature on ${parts[0]}`)
    const [header, parent, metadata, content] = parts.slice(0, 4).map(p => JSON.parse(p))
    return { type: header.msg_type, header, parent, metadata, content }
  }

  // reply is the answer to a request, past answers to others.
  async reply(channel, header) {
    for (;;) {
      const m = await this.receive(channel)
      if (m.parent.msg_id === header.msg_id) return m
    }
  }

  async ask(channel, type, content) {
    return (await this.reply(channel, await this.send(channel, type, content))).content
  }

  execute(code, more = {}) {
    return this.send('shell', 'execute_request', { code, silent: false, store_history: true, user_expressions: {},
      allow_stdin: false, stop_on_error: true, ...more })
  }

  // outputs is what a request published, from busy to idle.
  async outputs(header) {
    const found = []
    for (;;) {
      const m = await this.receive('iopub')
      if (m.parent.msg_id !== header.msg_id) continue
      found.push(m)
      if (m.content.execution_state === 'idle') return found
    }
  }

  // value is what a cell shows, as text.
  async value(code) {
    const header = await this.execute(code)
    const outputs = await this.outputs(header)
    await this.reply('shell', header)
    return outputs.find(m => m.type === 'execute_result')?.content.data['text/plain']
  }
}

// A Somebody asks and asks while others misbehave, and times the answers.
export class Somebody {
  constructor(kernel) {
    this.client = kernel.client()
    this.answers = 0
    this.slowest = 0 // ms
    this.done = false
    this.end = this.run()
  }

  async run() {
    while (!this.done || !this.answers) {
      const start = performance.now()
      await this.client.ask('control', 'kernel_info_request')
      await this.client.sockets.hb.send('beat')
      await this.client.sockets.hb.receive()
      this.slowest = Math.max(this.slowest, performance.now() - start)
      this.answers++
    }
  }

  // close fails if an answer did not come.
  async close() {
    this.done = true
    await this.end.finally(() => this.client.close())
  }
}
