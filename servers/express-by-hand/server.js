// A middleware of one's own, without the `cors` package.
import express from 'express'

const pages = ['https://app.shop.example', 'https://admin.shop.example']

function grant(request, response) {
  response.set('Access-Control-Allow-Origin', request.get('Origin'))
  response.set('Access-Control-Allow-Credentials', 'true')
  response.set('Access-Control-Expose-Headers', 'X-Total-Count')
}

function answerPreflight(response) {
  response.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
  response.set('Access-Control-Allow-Headers', 'Content-Type, Authorization, X-Requested-With')
  response.set('Access-Control-Max-Age', '86400')
  response.status(204).end()
}

const middlewares = {
  right(request, response, next) {
    response.vary('Origin')
    if (pages.includes(request.get('Origin'))) grant(request, response)
    if (request.method === 'OPTIONS') answerPreflight(response)
    else next()
  },
  // The answer names one page, and a cache gives it to the other one.
  'no-vary'(request, response, next) {
    response.set('Cache-Control', 'public, max-age=3600')
    const allowed = /^https:\/\/(app|admin)\.shop\.example$/.test(request.get('Origin'))
    if (allowed) grant(request, response)
    if (request.method === 'OPTIONS') answerPreflight(response)
    else next()
  },
  // Only the request itself is granted: what Express says to OPTIONS of its own accord allows nothing.
  'no-preflight'(request, response, next) {
    response.vary('Origin')
    if (request.get('Origin') === 'https://app.shop.example') grant(request, response)
    next()
  },
  // Whoever asks may send, and the answer alone is kept from reading.
  'open-preflight'(request, response, next) {
    response.vary('Origin')
    const isListed = pages.includes(request.get('Origin'))
    if (isListed || request.method === 'OPTIONS') grant(request, response)
    if (request.method === 'OPTIONS') answerPreflight(response)
    else next()
  },
  // The word of a boolean in another language.
  'credentials-word'(request, response, next) {
    response.vary('Origin')
    if (request.get('Origin') === 'https://app.shop.example') {
      grant(request, response)
      response.set('Access-Control-Allow-Credentials', 'True')
    }
    if (request.method === 'OPTIONS') answerPreflight(response)
    else next()
  },
}

Object.assign(middlewares, {
  // Whoever has no session is sent to the login, before anything is said of origins.
  login(request, response, next) {
    if (request.method === 'OPTIONS') middlewares.right(request, response, next)
    else response.redirect(302, '/login?next=/data')
  },
  // Looks for the names in a list that browsers write without spaces.
  'headers-together'(request, response, next) {
    response.vary('Origin')
    const granted = pages.includes(request.get('Origin'))
    if (granted) grant(request, response)
    if (request.method !== 'OPTIONS') return next()
    response.set({ 'Access-Control-Allow-Methods': 'GET, POST, PUT', 'Access-Control-Max-Age': '600' })
    const asked = (request.get('Access-Control-Request-Headers') ?? '').split(', ')
    const known = asked.every(name => ['', 'content-type', 'authorization'].includes(name))
    if (granted && known) response.set('Access-Control-Allow-Headers', asked.join(', '))
    response.status(204).end()
  },
  // Any header will do, and one of them must be named.
  'any-header'(request, response, next) {
    response.vary('Origin')
    const granted = pages.includes(request.get('Origin'))
    if (granted) response.set('Access-Control-Allow-Origin', request.get('Origin'))
    response.set('Access-Control-Expose-Headers', 'X-Total-Count')
    if (request.method !== 'OPTIONS') return next()
    response.set({ 'Access-Control-Allow-Methods': 'GET, POST, PUT', 'Access-Control-Max-Age': '600' })
    response.set('Access-Control-Allow-Headers', '*').status(204).end()
  },
  // The proxy before it sets the header too, to nothing.
  'empty-header'(request, response, next) {
    response.vary('Origin')
    const granted = pages.includes(request.get('Origin'))
    response.set('Access-Control-Allow-Origin', granted ? ['', request.get('Origin')] : [''])
    if (request.method === 'OPTIONS') answerPreflight(response)
    else next()
  },
  // What has not changed since is answered before anything is said of origins.
  'not-modified'(request, response, next) {
    response.set({ 'Cache-Control': 'no-cache', ETag: '"first"' })
    if (request.get('If-None-Match') === '"first"') response.status(304).end()
    else middlewares.right(request, response, next)
  },
})

const app = express()
app.use(middlewares[process.argv[2] ?? 'right'])
app.get('/data', (request, response) => {
  response.set('X-Total-Count', '2').json(['first', 'second'])
})
app.post('/data', (request, response) => response.status(201).json({ made: true }))
app.put('/data', (request, response) => response.json({ changed: true }))
app.listen(process.env.PORT, process.env.HOST ?? '127.0.0.1')
