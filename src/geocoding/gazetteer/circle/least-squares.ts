/**
 * The weights that make `rows · weights` come nearest to `values`, with a little ridge so that a feature without variation does no
 * harm. Rows must have one length; a constant feature is the caller's to add.
 */
export function leastSquares(rows: readonly (readonly number[])[], values: readonly number[], ridge = 1e-3): number[] {
  const width = rows[0]?.length ?? 0;
  const system = Array.from({ length: width }, (_, row) => {
    const equation = new Float64Array(width + 1);
    equation[row] = ridge * rows.length;
    return equation;
  });
  rows.forEach((features, index) => {
    system.forEach((equation, row) => {
      const factor = features[row] ?? 0;
      for (let column = 0; column < width; column += 1) add(equation, column, factor * (features[column] ?? 0));
      add(equation, width, factor * (values[index] ?? 0));
    });
  });
  // Gauss-Jordan; the ridge keeps every pivot away from zero.
  system.forEach((equation, pivot) => {
    const pivotValue = equation[pivot] ?? 1;
    for (const [row, other] of system.entries()) {
      if (row === pivot) continue;
      const factor = (other[pivot] ?? 0) / pivotValue;
      for (let column = pivot; column <= width; column += 1) add(other, column, -factor * (equation[column] ?? 0));
    }
  });
  return system.map((equation, row) => (equation[width] ?? 0) / (equation[row] ?? 1));
}

function add(equation: Float64Array, column: number, value: number): void {
  equation[column] = (equation[column] ?? 0) + value;
}
