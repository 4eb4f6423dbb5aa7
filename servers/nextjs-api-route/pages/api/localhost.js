// A developer's origin went into production with the others: any program on a user's machine may open a page there.
import { answer, grant } from '../../answer'

const pages = ['https://app.shop.example', 'http://localhost:3000']

export default function handler(request, response) {
  response.setHeader('Vary', 'Origin')
  if (pages.includes(request.headers.origin)) grant(request, response)
  if (request.method === 'OPTIONS') return response.status(204).end()
  answer(request, response)
}
