// Knows nothing of CORS.
export default function handler(request, response) {
  const { method } = request
  if (method === 'GET') return response.setHeader('X-Total-Count', '2').json(['first', 'second'])
  if (method === 'POST') return response.status(201).json({ made: true })
  if (method === 'PUT') return response.json({ changed: true })
  response.status(405).json({ error: `${method} is not allowed here` })
}
