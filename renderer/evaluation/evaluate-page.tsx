export function EvaluatePage() {
  return <h1>Evaluate</h1>;
}
