// One place in front of all API routes. Next.js called it middleware.js until version 16.
import { NextResponse } from 'next/server'

const pages = ['https://app.shop.example', 'https://admin.shop.example']

function grant(headers, origin) {
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Allow-Credentials', 'true')
  headers.set('Access-Control-Expose-Headers', 'X-Total-Count')
}

export function proxy(request) {
  const origin = request.headers.get('Origin')
  const preflight = request.method === 'OPTIONS'
  const response = preflight ? new NextResponse(null, { status: 204 }) : NextResponse.next()
  if (request.nextUrl.pathname === '/api/no-vary') {
    // The answer may be kept by any cache, and none is told that it was for one page alone.
    response.headers.set('Cache-Control', 'public, max-age=60')
    if (/^https:\/\/(app|admin)\.shop\.example$/.test(origin)) grant(response.headers, origin)
  } else {
    response.headers.set('Vary', 'Origin')
    if (pages.includes(origin)) grant(response.headers, origin)
  }
  if (preflight) {
    response.headers.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
    response.headers.set('Access-Control-Allow-Headers', 'Content-Type, Authorization')
    response.headers.set('Access-Control-Max-Age', '86400')
  }
  return response
}

export const config = { matcher: '/api/:path*' }
