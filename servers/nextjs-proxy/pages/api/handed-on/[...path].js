// The third party's headers come along, and its `*` now opens what the server's key opens.
export default async function handler(request, response) {
  const answer = await fetch(`${process.env.THIRD_PARTY}/${request.query.path.join('/')}`, {
    method: request.method,
    headers: { Authorization: `Bearer ${process.env.API_KEY}` },
  })
  response.setHeader('Access-Control-Allow-Origin', answer.headers.get('Access-Control-Allow-Origin'))
  response.status(answer.status).json(await answer.json())
}
