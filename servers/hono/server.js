// hono/cors with a list of page origins.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'

const policy = {
  allowMethods: ['GET', 'POST', 'PUT'],
  allowHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: ['X-Total-Count'],
  credentials: true,
  maxAge: 600,
}

// Nothing may go on after the name; but names in the DNS, and in browsers, have other characters as well.
const whole = /^https:\/\/app\.shop\.example(?![a-z0-9.:-])/

const policies = {
  right: { ...policy, origin: ['https://app.shop.example', 'https://admin.shop.example'] },
  // True wherever the text stands: https://app.shop.example.attacker.example.
  substring: { ...policy, origin: origin => (origin.includes('app.shop.example') ? origin : null) },
  special: { ...policy, origin: origin => (whole.test(origin) ? origin : null) },
  // Nothing said at all: `*`.
  defaults: undefined,
  // The header arrives, and the page's script cannot see it.
  unexposed: { ...policy, exposeHeaders: [], origin: 'https://app.shop.example' },
}

const app = new Hono()
app.use(cors(policies[process.argv[2] ?? 'right']))
app.get('/data', context => context.json(['first', 'second'], 200, { 'X-Total-Count': '2' }))
app.post('/data', context => context.json({ made: true }, 201))
app.put('/data', context => context.json({ changed: true }))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: process.env.HOST ?? '127.0.0.1' })
