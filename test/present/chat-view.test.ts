import { describe, expect, it } from 'vitest';
import { createConversation, wholeAnswer } from '../../src/chat/conversation.ts';
import type { Analysis } from '../../src/contracts/index.ts';
import { PLAIN_STYLE } from '../../src/present/text/style.ts';
import { answerMarkdown, answerText } from '../../src/present/view/chat.ts';
import { DUO } from '../chat/duo.ts';

const saying = (quote: string): Analysis => ({
  ...DUO,
  observations: DUO.observations.map((each) =>
    each.kind === 'speech'
      ? { ...each, text: `From 0:10.5 to 0:11.6 P1 says "${quote}".`, speech: { ...each.speech, quote } }
      : each,
  ),
});

const look = { width: 80, style: { ...PLAIN_STYLE, struck: (text: string) => `<s>${text}</s>` }, suggest: false };

describe('an answer as text', () => {
  it('lets nothing that was said in the clip become a picture, a link or a command of the terminal', async () => {
    const answer = await wholeAnswer(
      createConversation({ analysis: saying('![x](https://evil.example/p?q=1) <img src=x> \u001b[2J') }).answer(
        'what did P1 say?',
      ),
    );
    const markdown = answerMarkdown(answer);
    expect(markdown).toContain('evil');
    expect(markdown).not.toMatch(/!\[|https:\/\/|<img/);
    const text = answerText(answer, look);
    expect(text).toContain('evil');
    expect(text).not.toContain('\u001b');
  });

  it('strikes through what the evidence does not bear out, and says why', async () => {
    const analysis: Analysis = {
      ...DUO,
      observations: DUO.observations.map((each) =>
        each.kind === 'action-unit' && each.id === 'o1'
          ? { ...each, au: { ...each.au, letter: 'A', intensity: 1 } }
          : each,
      ),
    };
    const answer = await wholeAnswer(createConversation({ analysis }).answer('when does P1 smile?'));
    expect(answerMarkdown(answer)).toMatch(/~~.*~~ \[o1\] \(contradicted by the measurements\)/);
    expect(answerText(answer, look)).toMatch(/<s>.*<\/s>\n {2}↳ contradicted/s);
  });
});
