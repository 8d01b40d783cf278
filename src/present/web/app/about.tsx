import type { JSX } from 'preact';

/** What a reader must know of the limits, said once, where the eye ends. */
export const About = (): JSX.Element => (
  <footer class="about">
    <p>
      whyface describes how an expression is often read, from measured movements. It does not know what a person feels,
      thinks or intends; readings differ between people, cultures and situations. Do not decide about a person by it.
    </p>
    <p>
      It never says who somebody is, nor their age, gender or origin. <a href="docs">The API</a>
    </p>
  </footer>
);
