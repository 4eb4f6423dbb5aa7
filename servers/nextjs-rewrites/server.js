// Next.js as one develops with it, before two APIs of somebody else's: for its own pages, and for everybody's.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import next from 'next'

async function thirdParty(headers) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers })
    response.end('["first", "second"]')
  }).listen(0, '127.0.0.1')
  // Next.js keeps its connections: one that closes in the moment in which it is used again is a 500.
  server.keepAliveTimeout = 0
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

process.env.THIRD_PARTY = await thirdParty({})
process.env.PUBLIC_PARTY = await thirdParty({ 'Access-Control-Allow-Origin': '*' })

const port = Number(process.env.PORT)
const hostname = process.env.HOST ?? '127.0.0.1'
process.once('SIGTERM', () => {
  rmSync(`.next/${port}`, { recursive: true, force: true })
  process.exit()
})
// In production the destinations of rewrites are settled by `next build`.
const app = next({ dev: true, hostname, port })
await app.prepare()
createServer(app.getRequestHandler()).listen(port, hostname)
