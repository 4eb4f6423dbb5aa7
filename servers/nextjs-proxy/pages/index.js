export default function Page() {
  return <p>This page asks /api/careful/data of its own origin.</p>
}
