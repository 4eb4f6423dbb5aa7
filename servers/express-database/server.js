// The `cors` package with a function that asks a SQLite database for the page's origin.
import { DatabaseSync } from '@photostructure/sqlite'
import cors from 'cors'
import express from 'express'
import { setImmediate } from 'node:timers/promises'

const database = new DatabaseSync(':memory:')
database.exec(`
  CREATE TABLE pages (origin TEXT PRIMARY KEY);
  INSERT INTO pages VALUES
    ('https://app.shop.example'),
    ('https://admin.shop.example');
`)

const queries = {
  right: 'SELECT 1 FROM pages WHERE origin = ?',
  // True for whatever begins with a stored origin: https://app.shop.example.attacker.example.
  prefix: "SELECT 1 FROM pages WHERE ? LIKE origin || '%'",
}
const query = queries[process.argv[2] ?? 'right']

async function isPage(origin) {
  await setImmediate() // as late an answer as that of a database across the network
  return database.prepare(query).get(origin) !== undefined
}

const app = express()
app.use(
  cors({
    // A request without an Origin comes from no page, so there is nothing to allow.
    origin: async (origin, done) => {
      if (!origin) return done(null, true)
      try {
        done(null, await isPage(origin))
      } catch (error) {
        done(error)
      }
    },
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
app.listen(process.env.PORT, process.env.HOST ?? '127.0.0.1')
