/** The part of fft.js (which carries no types) that is used here. */
declare module 'fft.js' {
  export default class FFT {
    constructor(size: number);
    createComplexArray(): number[];
    /** Of real input; fills the first half of `output`, real and imaginary parts in turn. */
    realTransform(output: number[], input: ArrayLike<number>): void;
  }
}
