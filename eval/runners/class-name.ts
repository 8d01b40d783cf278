/** Spellings of the eight expressions that data sets use. */
const SYNONYMS: Readonly<Record<string, string>> = {
  angry: 'anger', mad: 'anger', happy: 'happiness', joy: 'happiness', sad: 'sadness', surprised: 'surprise', fearful: 'fear', scared: 'fear',
  disgusted: 'disgust', contemptuous: 'contempt', calm: 'neutral',
}; // biome-ignore format: one table

/** A class name as classes are compared: lower case, one spelling ("Sadly Angry" → "sadly-angry", "Happy" → "happiness"). */
export const className = (label: string): string => {
  const plain = label
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return SYNONYMS[plain] ?? plain;
};
