/** Hands a file to the person. Nothing is sent anywhere. */
export const saveBlob = (blob: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // After the click is dealt with: the browser has opened it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

export const saveText = (text: string, name: string, type: string): void =>
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name);
