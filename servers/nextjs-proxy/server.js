// Next.js, and an API of somebody else's that knows no page.
import { createServer } from 'node:http'
import { once } from 'node:events'
import next from 'next'

const thirdParty = createServer((request, response) => {
  const known = request.headers.authorization === 'Bearer key-of-the-server'
  // A public API: any page may read. What it tells the holder of a key is another matter.
  response.writeHead(known ? 200 : 401, {
    'Access-Control-Allow-Origin': '*',
    'Content-Type': 'application/json',
  })
  response.end(JSON.stringify(known ? ['first', 'second'] : { error: 'who asks?' }))
}).listen(0, '127.0.0.1')
// Next.js keeps its connections: one that closes in the moment in which it is used again is a 500.
thirdParty.keepAliveTimeout = 0
await once(thirdParty, 'listening')
process.env.THIRD_PARTY = `http://127.0.0.1:${thirdParty.address().port}`
process.env.API_KEY = 'key-of-the-server'

const port = Number(process.env.PORT)
const hostname = process.env.HOST ?? '127.0.0.1'
const app = next({ hostname, port })
await app.prepare()
createServer(app.getRequestHandler()).listen(port, hostname)
