export default {
  // The page asks its own origin, and Next.js passes the request on.
  rewrites: () => [
    { source: '/api/external/:path*', destination: `${process.env.THIRD_PARTY}/:path*` },
    { source: '/api/public/:path*', destination: `${process.env.PUBLIC_PARTY}/:path*` },
  ],
  logging: false,
  // One server in a folder at a time, says Next.js: so each has its own.
  distDir: `.next/${process.env.PORT}`,
}
