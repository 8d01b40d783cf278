export type Point = readonly [x: number, y: number];

/** A smooth displacement of the plane. */
export type Field = (x: number, y: number) => Point;

/**
 * The thin-plate spline through displacements given at points (Bookstein 1989, IEEE TPAMI 11:567): of all smooth maps
 * through them the one that bends least. `stiffness` above 0 lets it miss the points a little to bend less.
 */
export const thinPlate = (points: readonly Point[], displacements: readonly Point[], stiffness: number): Field => {
  const count = points.length;
  const size = count + 3;
  const matrix = new Float64Array(size * size);
  const right = [new Float64Array(size), new Float64Array(size)] as const;
  for (const [i, [xi, yi]] of points.entries()) {
    for (const [j, [xj, yj]] of points.entries()) {
      matrix[i * size + j] = kernel((xi - xj) ** 2 + (yi - yj) ** 2) + (i === j ? stiffness : 0);
    }
    for (const [k, value] of [1, xi, yi].entries()) {
      matrix[i * size + count + k] = value;
      matrix[(count + k) * size + i] = value;
    }
    right[0][i] = displacements[i]?.[0] ?? 0;
    right[1][i] = displacements[i]?.[1] ?? 0;
  }
  solve(matrix, right, size);
  const [a, b] = right;
  const flat = new Float64Array(points.flat());
  return (x, y) => {
    let dx = (a[count] ?? 0) + (a[count + 1] ?? 0) * x + (a[count + 2] ?? 0) * y;
    let dy = (b[count] ?? 0) + (b[count + 1] ?? 0) * x + (b[count + 2] ?? 0) * y;
    for (let i = 0; i < count; i += 1) {
      const weight = kernel((x - (flat[2 * i] ?? 0)) ** 2 + (y - (flat[2 * i + 1] ?? 0)) ** 2);
      dx += (a[i] ?? 0) * weight;
      dy += (b[i] ?? 0) * weight;
    }
    return [dx, dy];
  };
};

/** r² log r², from r². */
const kernel = (squared: number): number => (squared < 1e-9 ? 0 : squared * Math.log(squared));

/** Gaussian elimination with row pivoting, in place: the right sides become the solutions. */
const solve = (matrix: Float64Array, rights: readonly Float64Array[], size: number): void => {
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(matrix[row * size + column] ?? 0) > Math.abs(matrix[pivot * size + column] ?? 0)) {
        pivot = row;
      }
    }
    if (pivot !== column) {
      for (let k = column; k < size; k += 1) {
        const kept = matrix[column * size + k] ?? 0;
        matrix[column * size + k] = matrix[pivot * size + k] ?? 0;
        matrix[pivot * size + k] = kept;
      }
      for (const right of rights) {
        const kept = right[column] ?? 0;
        right[column] = right[pivot] ?? 0;
        right[pivot] = kept;
      }
    }
    const head = matrix[column * size + column] ?? 1;
    for (let row = column + 1; row < size; row += 1) {
      const factor = (matrix[row * size + column] ?? 0) / head;
      if (factor === 0) {
        continue;
      }
      for (let k = column; k < size; k += 1) {
        matrix[row * size + k] = (matrix[row * size + k] ?? 0) - factor * (matrix[column * size + k] ?? 0);
      }
      for (const right of rights) {
        right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
      }
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (const right of rights) {
      let sum = right[row] ?? 0;
      for (let k = row + 1; k < size; k += 1) {
        sum -= (matrix[row * size + k] ?? 0) * (right[k] ?? 0);
      }
      right[row] = sum / (matrix[row * size + row] ?? 1);
    }
  }
};
