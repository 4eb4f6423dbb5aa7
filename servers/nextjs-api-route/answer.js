export function grant(request, response) {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT')
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization')
  response.setHeader('Access-Control-Expose-Headers', 'X-Total-Count')
}

export function answer(request, response) {
  const { method } = request
  if (method === 'GET') return response.setHeader('X-Total-Count', '2').json(['first', 'second'])
  if (method === 'POST') return response.status(201).json({ made: true })
  if (method === 'PUT') return response.json({ changed: true })
  response.status(405).json({ error: `${method} is not allowed here` })
}
