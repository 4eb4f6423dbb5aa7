// The page asks its own origin, and the server asks the third party: no browser, no CORS.
export default async function handler(request, response) {
  const answer = await fetch(`${process.env.THIRD_PARTY}/${request.query.path.join('/')}`, {
    method: request.method,
    headers: { Authorization: `Bearer ${process.env.API_KEY}` },
  })
  response.status(answer.status).json(await answer.json())
}
