// @koa/cors with a function that picks the page's origin from a list.
import cors from '@koa/cors'
import Koa from 'koa'

const pick = pages => context => pages.includes(context.get('Origin')) && context.get('Origin')
const policy = {
  allowMethods: ['GET', 'POST', 'PUT'],
  allowHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: ['X-Total-Count'],
  credentials: true,
  maxAge: 600,
}

const policies = {
  right: { ...policy, origin: pick(['https://app.shop.example', 'https://admin.shop.example']) },
  // For the sake of a page opened from a file; but every sandboxed frame calls itself null too.
  null: { ...policy, origin: pick(['https://app.shop.example', 'null']) },
  // Koa clears the headers of an answer when a handler throws.
  errors: { ...policy, origin: pick(['https://app.shop.example']), keepHeadersOnError: false },
  // As most clocks in JavaScript count.
  milliseconds: { ...policy, origin: pick(['https://app.shop.example']), maxAge: 600_000 },
}

const app = new Koa()
app.silent = true
app.use(cors(policies[process.argv[2] ?? 'right']))
app.use(context => {
  const { method, path } = context
  if (path === '/broken') context.throw(500)
  if (path !== '/data') return
  if (method === 'GET') {
    context.set('X-Total-Count', '2')
    context.body = ['first', 'second']
  } else if (method === 'POST') {
    context.status = 201
    context.body = { made: true }
  } else if (method === 'PUT') {
    context.body = { changed: true }
  } else if (method !== 'HEAD') {
    context.throw(405)
  }
})
app.listen(process.env.PORT, process.env.HOST ?? '127.0.0.1')
