export default function Page() {
  return <p>This page asks /api/external/data of its own origin.</p>
}
