// @fastify/cors with a list of page origins.
import cors from '@fastify/cors'
import Fastify from 'fastify'

const policy = {
  methods: ['GET', 'POST', 'PUT'],
  allowedHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['X-Total-Count'],
  credentials: true,
  maxAge: 600,
}
// Asks for the host alone, so any scheme and any port will do.
const sameHost = async origin => origin !== undefined && new URL(origin).hostname === 'app.shop.example'

const policies = {
  right: { ...policy, origin: ['https://app.shop.example', 'https://admin.shop.example'] },
  // Nothing said: the plugin's own list has no PUT.
  methods: { ...policy, methods: undefined, origin: 'https://app.shop.example' },
  host: { ...policy, origin: sameHost },
}

const app = Fastify()
await app.register(cors, policies[process.argv[2] ?? 'right'])
// A body of any type will do: nothing here looks at it.
app.addContentTypeParser('*', (request, payload, done) => payload.resume().on('end', () => done(null)))
app.get('/data', (request, reply) => reply.header('X-Total-Count', '2').send(['first', 'second']))
app.post('/data', (request, reply) => reply.code(201).send({ made: true }))
app.put('/data', () => ({ changed: true }))
await app.listen({ port: Number(process.env.PORT), host: process.env.HOST ?? '127.0.0.1' })
