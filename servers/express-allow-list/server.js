// The `cors` package with a function that looks the page's origin up in a list.
import cors from 'cors'
import express from 'express'

const pages = new Set(['https://app.shop.example', 'https://admin.shop.example'])
// The g flag has `test` go on where its last match ended: every second answer is no.
const pattern = /^https:\/\/(app|admin)\.shop\.example$/g

const rules = {
  right: origin => pages.has(origin),
  // Anyone can register evil-shop.example.
  suffix: origin => origin.endsWith('shop.example'),
  stateful: origin => pattern.test(origin),
  // The previews of every customer of the hosting service, not of this project alone.
  hosting: origin => pages.has(origin) || /^https:\/\/[a-z0-9-]+\.vercel\.app$/.test(origin),
  // A dot is any character, and so .* ends in a domain of somebody else's.
  pattern: origin => /^https:\/\/shop-.*-acme\.vercel\.app$/.test(origin),
  // A request without an Origin is on no list.
  'no-origin': origin => pages.has(origin),
}
const rule = rules[process.argv[2] ?? 'right']

const app = express()
app.use(
  cors({
    // A request without an Origin comes from no page, so there is nothing to allow.
    origin: (origin, done) =>
      (!origin && process.argv[2] !== 'no-origin') || rule(origin) ? done(null, true) : done(new Error(`${origin} may not ask here`)),
    methods: ['GET', 'POST', 'PUT'],
    allowedHeaders: ['Content-Type', 'Authorization'],
    exposedHeaders: ['X-Total-Count'],
    credentials: true,
    maxAge: 600,
  }),
)
app.get('/data', (request, response) => {
  response.set('X-Total-Count', '2').json(['first', 'second'])
})
app.post('/data', (request, response) => response.status(201).json({ made: true }))
app.put('/data', (request, response) => response.json({ changed: true }))
// An error that nobody handles is a 500.
const denial = process.argv[2] === 'no-origin' ? 500 : 403
app.use((error, request, response, next) => response.vary('Origin').status(denial).json({ error: error.message }))
app.listen(process.env.PORT, process.env.HOST ?? '127.0.0.1')
