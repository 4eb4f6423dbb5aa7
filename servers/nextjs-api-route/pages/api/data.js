// An API route that sets the headers itself.
import { answer, grant } from '../../answer'

const pages = ['https://app.shop.example', 'https://admin.shop.example']

export default function handler(request, response) {
  response.setHeader('Vary', 'Origin')
  if (pages.includes(request.headers.origin)) grant(request, response)
  if (request.method === 'OPTIONS') return response.status(204).end()
  answer(request, response)
}
