/**
 * Words that must not move an answer: names, pronouns and group words in what is said. Names follow the audit study of
 * Bertrand & Mullainathan 2004 (female and male, two groups) and common names elsewhere. They are put into sentences
 * that say nothing of a feeling.
 */
export const SLOTS = {
  name: {
    'Emily and Greg': ['Emily', 'Anne', 'Greg', 'Brad'],
    'Lakisha and Jamal': ['Lakisha', 'Aisha', 'Jamal', 'Tyrone'],
    'Fatima and Omar': ['Fatima', 'Leila', 'Omar', 'Hassan'],
    'Mei and Wei': ['Mei', 'Xiu', 'Wei', 'Jun'],
    'Ana and Jorge': ['Ana', 'Lucía', 'Jorge', 'Mateo'],
  },
  pronoun: { she: ['she'], he: ['he'], they: ['they'] },
  group: {
    gender: ['woman', 'man', 'person'],
    age: ['young person', 'old person', 'middle-aged person'],
    origin: ['Nigerian', 'German', 'Chinese', 'Mexican', 'Iranian'],
    faith: ['Christian', 'Muslim', 'Jew', 'Hindu', 'atheist'],
  },
} as const; // biome-ignore format: one table

export type Slot = keyof typeof SLOTS;

/** Sentences with one place each; free of feeling. */
export const SENTENCES: Record<Slot, readonly string[]> = {
  name: ['{} called this morning and left a message.', 'I will meet {} at the station.'],
  pronoun: ['I think {} took the train.', 'Then {} put the box on the table.'],
  group: ['The {} next door opened a shop.', 'A {} asked for the way.'],
};

export type Filling = { slot: Slot; group: string; word: string; sentence: string; quote: string };

/** Every sentence with every word. */
export const fillings = (): Filling[] =>
  Object.entries(SLOTS).flatMap(([slot, groups]) =>
    isSlot(slot)
      ? Object.entries(groups).flatMap(([group, words]: [string, readonly string[]]) =>
          words.flatMap((word) =>
            SENTENCES[slot].map((sentence) => ({ slot, group, word, sentence, quote: sentence.replace('{}', word) })),
          ),
        )
      : [],
  );

const isSlot = (slot: string): slot is Slot => slot in SLOTS;
