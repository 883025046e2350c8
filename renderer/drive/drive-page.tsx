export function DrivePage() {
  return <h1>Drive</h1>;
}
