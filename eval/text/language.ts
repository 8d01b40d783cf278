export type Language = 'en' | 'zh';

/** Chinese where ideographs make up a tenth of the letters, English otherwise. */
export const languageOf = (text: string): Language => {
  const ideographs = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && ideographs * 10 >= letters ? 'zh' : 'en';
};
