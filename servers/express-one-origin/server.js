// The `cors` package with one page origin named in full.
import cors from 'cors'
import express from 'express'

const policy = {
  methods: ['GET', 'POST', 'PUT'],
  allowedHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['X-Total-Count'],
  credentials: true,
  maxAge: 86400,
}

const policies = {
  right: { ...policy, origin: 'https://app.shop.example' },
  // A browser takes no `*` for an answer once it has sent cookies.
  wildcard: { ...policy, origin: '*' },
  // `true` sends back whatever the request calls its origin.
  reflection: { ...policy, origin: true },
}

const app = express()
app.use(cors(policies[process.argv[2] ?? 'right']))
app.get('/data', (request, response) => {
  response.set('X-Total-Count', '2').json(['first', 'second'])
})
app.post('/data', (request, response) => response.status(201).json({ made: true }))
app.put('/data', (request, response) => response.json({ changed: true }))
app.listen(process.env.PORT, process.env.HOST ?? '127.0.0.1')
