// Starts emulate's Slack on a free port, prints its address, and ends when its
// standard input does.
import { createServer } from 'node:net'
import { createEmulator } from 'emulate'

const [seed, baseUrl] = [JSON.parse(process.argv[2]), process.argv[3]]
const free = await new Promise(done => {
  const s = createServer()
  s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)) })
})
const slack = await createEmulator({ service: 'slack', port: free, baseUrl, seed: { slack: seed } })
console.log(`http://127.0.0.1:${free}`)
process.stdin.on('end', async () => { await slack.close(); process.exit(0) }).resume()
