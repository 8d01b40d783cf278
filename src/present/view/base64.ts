/** The bytes of base64 (also of its form for addresses), or `null` where it is none. No node imports. */
export const bytesOfBase64 = (base64: string): Uint8Array | null => {
  const clean = base64.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(clean)) {
    return null;
  }
  try {
    const text = atob(clean.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(text.length);
    // A loop: of millions of bytes, a callback each would hold up everybody.
    for (let index = 0; index < text.length; index += 1) {
      bytes[index] = text.charCodeAt(index);
    }
    return bytes;
  } catch {
    return null;
  }
};
