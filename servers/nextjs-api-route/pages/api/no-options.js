// The preflight's OPTIONS is a method like the others, and falls through to the 405.
import { answer, grant } from '../../answer'

export default function handler(request, response) {
  response.setHeader('Vary', 'Origin')
  if (request.headers.origin === 'https://app.shop.example') grant(request, response)
  answer(request, response)
}
