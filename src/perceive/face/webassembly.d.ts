/** The little of WebAssembly that is used; Node's own types leave it out. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number });
    readonly buffer: ArrayBuffer;
    /** Buffers made before are detached. */
    grow(pages: number): number;
  }
  function instantiate(
    bytes: Uint8Array,
    imports: { env: { memory: Memory } },
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
}
