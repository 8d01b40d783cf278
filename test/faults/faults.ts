/**
 * The faults that whyface is to withstand, and the tests that show it. `test/faults/table.test.ts` holds this table to the
 * tests that there are; `npm run faults` runs them all and writes docs/reliability.md from it.
 */

/** A test by its file (below `test/`) and its title, or the title of the group it stands in, as they are written there. */
export type FaultTest = readonly [file: string, title: string];

export type Fault = {
  /** What goes wrong, in a few words. */
  fault: string;
  /** What comes of it. */
  outcome: string;
  tests: readonly FaultTest[];
};

/** The areas of the list: letter of the ids, how many there are, and what they are about. */
export const AREAS = [
  ['M', 16, 'Media'],
  ['N', 6, 'Paths, network and output'],
  ['P', 5, 'Orders hidden in what is measured'],
  ['L', 13, 'Language models'],
  ['S', 11, 'The service under load'],
  ['D', 7, 'Durability'],
  ['R', 7, 'Resources, models and numbers'],
  ['K', 4, 'Keys and logs'],
  ['V', 7, 'Privacy and law'],
  ['B', 7, 'Bias and validity'],
] as const;

const hostile = 'media/hostile.test.ts';
const mediaFaults = 'faults/media.test.ts';
const gates = 'faults/gates.test.ts';
const pool = 'perceive/pool.test.ts';
const llmClient = 'reason/llm/client.test.ts';
const llmAnswers = 'reason/llm/bad-answers.test.ts';
const llmReasoner = 'reason/llm/reasoner.test.ts';
const quarantine = 'textualize/quarantine.test.ts';
const injection = 'reason/injection/injection.test.ts';
const vlm = 'reason/vlm/vlm.test.ts';
const api = 'present/http/api.test.ts';
const access = 'present/http/access.test.ts';
const server = 'present/http/server.test.ts';
const queue = 'jobs/queue.test.ts';
const store = 'jobs/store.test.ts';
const crash = 'jobs/crash.test.ts';
const fetching = 'kit/safe-fetch.test.ts';
const words = 'present/untrusted-words.test.ts';
const models = 'perceive/models/store.test.ts';
const mutation = 'verify/mutation-score.test.ts';
const judgement = 'reason/facs/judgement.test.ts';
const runners = 'eval/runners.test.ts';

export const FAULTS: Readonly<Record<string, Fault>> = {
  M1: {
    fault: 'A picture that unfolds to gigabytes',
    outcome: 'Refused from its header as `media-too-large`, before any pixel is decoded.',
    tests: [
      [hostile, 'gives each a typed answer that names the file, and touches nothing else'],
      ['media/image.test.ts', 'refuses a picture by the size in its header, before decoding'],
    ],
  },
  M2: {
    fault: 'A moving picture with thousands of frames',
    outcome: 'GIF is not read; of a moving WebP or PNG the first picture is.',
    tests: [[mediaFaults, 'M2: that move are refused, or read as their first picture, whatever they claim']],
  },
  M3: {
    fault: 'A film with frames of enormous size, stated or hidden',
    outcome: 'Refused from the header without a decoder; a picture larger than stated ends the reading.',
    tests: [[hostile, 'are refused by what they claim, and not believed when pictures are larger']],
  },
  M4: {
    fault: 'A film that claims a hundred hours, or less than it has',
    outcome:
      'Refused as `media-too-long`; one that says too little is read for as long as it is, and held to the same limit.',
    tests: [
      [hostile, 'are refused by what they claim, and not believed when pictures are larger'],
      [mediaFaults, 'M4: that say they are shorter than they are, are read for as long as they are'],
    ],
  },
  M5: {
    fault: 'A file that ends too soon',
    outcome: 'Read as far as it goes with the warning `truncated`, or a typed error; never an empty success.',
    tests: [
      [hostile, 'are read as far as they go, with a warning'],
      [hostile, 'are an error, and not an empty result, without their index or with nothing behind it'],
      ['media/image.test.ts', 'says that a %s is cut short, and shows what there is'],
    ],
  },
  M6: {
    fault: 'Flipped bytes in every kind of file',
    outcome:
      'Seeded copies of each of 20 kinds end typed within 10 s each; the parent neither ends nor grows by more than a test runner’s garbage. `npm test` takes 4 of each (and decodes 20), `npm run faults` 500.',
    tests: [
      ['faults/mutants.test.ts', '%s: each ends in time and typed, the parent lives and does not grow'],
      [hostile, 'end in a typed result each, and leave the process alive'],
    ],
  },
  M7: {
    fault: 'A decoder that never comes back',
    outcome: 'Its process is killed at the deadline (`media-hung`), and the place is free again.',
    tests: [[pool, 'kills a worker that is silent for too long, and goes on with a new one']],
  },
  M8: {
    fault: 'Damage that a decoder hides',
    outcome:
      'What the decoder notices becomes an observation of quality and lowers the confidence; what not even it notices moves the confidence by less than 0.05 upwards.',
    tests: [
      [
        mediaFaults,
        'M8: damage that the decoder sees lowers the certainty, and damage it does not see hardly raises it',
      ],
      ['observe/gestures.test.ts', 'carries what the decoder had to say'],
    ],
  },
  M9: {
    fault: 'A name or type that lies',
    outcome: 'The bytes decide; the mismatch is a note.',
    tests: [
      ['media/sniff.test.ts', 'reads a picture with a clip’s name as a picture, and says so'],
      ['perceive/perception.test.ts', 'reads what the bytes are, and says that the name misleads'],
    ],
  },
  M10: {
    fault: 'A file that is two kinds at once',
    outcome:
      'Read as the first kind; the rest is never interpreted nor handed back. Downloads are `attachment` and `nosniff`.',
    tests: [
      [hostile, 'reads the first kind of a polyglot'],
      [api, 'gives the table and the report for download, safe to open'],
    ],
  },
  M11: {
    fault: 'A playlist that names other files or addresses',
    outcome: 'Refused; no other file is opened and no address is asked.',
    tests: [
      [hostile, 'gives each a typed answer that names the file, and touches nothing else'],
      [hostile, 'takes a file name for a name, whatever protocol it looks like'],
    ],
  },
  M12: {
    fault: 'SVG with outside references',
    outcome: 'Not read at all; the loader is switched off as well.',
    tests: [
      [hostile, 'gives each a typed answer that names the file, and touches nothing else'],
      ['media/image.test.ts', 'never loads a format that is not on the list, even when asked to'],
    ],
  },
  M13: {
    fault: 'Orders and control characters in tags (EXIF, ID3, text chunks)',
    outcome: 'Tags are not read: they reach neither observations nor answers, nor prompts.',
    tests: [
      [mediaFaults, 'M13: tags reach neither the observations nor the answer'],
      [injection, 'reach the model by every channel but names and tags'],
    ],
  },
  M14: {
    fault: 'Odd but legal media: turned, uneven, square-less, one picture, late or odd sound',
    outcome: 'Size, length, order of pictures and level of sound are what went in.',
    tests: [
      ['media/decode.test.ts', 'a clip through %s'],
      ['media/image.test.ts', 'gives three channels for grey, transparent, 16-bit and CMYK pictures'],
      ['media/sound.test.ts', 'puts silence before sound that starts late'],
      ['media/mix-channels.test.ts', 'leaves the thunder of 5.1 out'],
      ['perceive/voice/listen.test.ts', 'of %s is heard at 16 kHz, mono'],
    ],
  },
  M15: {
    fault: 'Attached fonts and files',
    outcome: 'Passed over; more than 64 streams are refused.',
    tests: [[mediaFaults, 'M15: with attachments are read without them, and refused where they are too many']],
  },
  M16: {
    fault: 'Hostile subtitle files',
    outcome: 'Read in linear time into cues of the contract, or refused; no markup, no control characters.',
    tests: [
      ['media/subtitles/read-subtitles.test.ts', 'gets through %s within the limits'],
      ['media/subtitles/read-subtitles.test.ts', 'reads any text into cues of the contract, or throws a typed error'],
      [
        'media/subtitles/read-subtitles.test.ts',
        'keeps no markup, no control characters and nothing invisible, and all else',
      ],
    ],
  },
  N1: {
    fault: 'Names that lead out of a folder',
    outcome: 'Names are labels; no path and no link leads out of the store.',
    tests: [
      [store, 'N1: no name leads out of the store, and no link is followed out of it'],
      [store, 'N1: names that senders give are labels'],
      ['jobs/s3/s3-blob-store.test.ts', 'N1 has no keys outside its folder'],
      ['kit/safe-path.test.ts', 'never leads out, whatever the name'],
    ],
  },
  N2: {
    fault: 'Addresses that point inwards (SSRF)',
    outcome:
      'Off by default; where hosts are allowed, every spelling, redirect and second look-up of a private address is refused.',
    tests: [
      [fetching, 'N2: addresses that are not fetched'],
      ['present/mcp/mcp.test.ts', 'reads no file of the server, whatever is asked'],
    ],
  },
  N3: {
    fault: 'Downloads that drip, never end or unfold',
    outcome: 'Given up by rate, time and size while they run.',
    tests: [[fetching, 'N3: downloads that do not end well']],
  },
  N4: {
    fault: 'A request that names servers, models or unknown options',
    outcome: 'Refused by the schema.',
    tests: [[api, 'N4: takes no addresses, models or unknown options from a request']],
  },
  N5: {
    fault: 'Requests from other pages and names',
    outcome: 'No other origin is answered unless the operator says so; security headers on everything.',
    tests: [
      [api, 'N5: carries the security headers, answers no other origin, and only to its own names'],
      [access, 'N5: another origin is answered where the operator allows it, and only then'],
    ],
  },
  N6: {
    fault: 'Markup, formulas and terminal codes in names, words and answers',
    outcome: 'One payload through text, HTML, Markdown, CSV and captions: always text.',
    tests: [
      [words, 'bring no control characters into any format'],
      [words, 'become no element, attribute or address in the report'],
      [words, 'become no link, picture, mention, table cell or HTML in Markdown'],
      [words, 'become no formula in a table'],
      ['present/web/untrusted-words.test.ts', 'become captions that cannot be markup, settings or another cue'],
      ['eval/runners.test.ts', 'keep markup and control characters of the input out of the page and the terminal'],
    ],
  },
  P1: {
    fault: 'Spoken or subtitled orders to the model',
    outcome: 'Sixty and more orders, obeyed by a fake model every time: the judgement stays or is flagged.',
    tests: [
      [injection, 'leave the judgement as it is, or are flagged, also without the warning about the words'],
      [quarantine, 'P1: the words of a clip'],
    ],
  },
  P2: {
    fault: 'Orders printed in the picture',
    outcome: 'Listed as text of the scene; no observation changes, and a model that obeys is not believed.',
    tests: [[vlm, 'are listed as such, change no observation, and a model that obeys them is not believed: %s']],
  },
  P3: {
    fault: 'Orders in names, tags and questions',
    outcome: 'Names and tags reach no prompt; a question stands in its own block.',
    tests: [
      [quarantine, 'P3: what never reaches a prompt, and what only as data'],
      [injection, 'reach the model by every channel but names and tags'],
    ],
  },
  P4: {
    fault: 'Words that close their own block',
    outcome: 'The border is drawn at random until it occurs in no text.',
    tests: [[quarantine, 'P4: the border of untrusted text']],
  },
  P5: {
    fault: 'Prompts and addresses that come back in an answer',
    outcome: 'Borders and addresses are taken out; nothing is rendered as a link or picture.',
    tests: [
      [llmAnswers, 'P5: what must not come back'],
      [injection, 'get no border of a prompt out'],
    ],
  },
  L1: {
    fault: 'Answers that are no answer',
    outcome:
      'Thirty and more recorded ones, and any text: read, repaired once, asked for once more, or refused with the raw text kept.',
    tests: [
      [llmAnswers, 'L1: what models send instead of an answer'],
      [llmReasoner, 'is asked for once more with what is wrong, then given up with what came'],
      [
        'reason/llm/any-answer.test.ts',
        'is read into the contract, citing what is visible, or is refused with what is wrong',
      ],
    ],
  },
  L2: {
    fault: 'Servers that do not know a parameter',
    outcome: 'Asked without it, and never with it again.',
    tests: [[llmClient, 'L2: a server that does not know a parameter']],
  },
  L3: {
    fault: 'Invented evidence',
    outcome: 'Sent back once, then taken out; no sentence stands on what is not there.',
    tests: [
      [llmAnswers, 'L3: at the second reading'],
      ['pipeline/verified-answer.test.ts', 'sends back once what does not hold, with why'],
    ],
  },
  L4: {
    fault: 'Real evidence, wrong content',
    outcome:
      'One thing changed in a true sentence is found in 95 % and more (88 % in longer sentences of a language model’s style); 2 % and fewer of the true ones are flagged.',
    tests: [
      [mutation, 'are found in at least 95 % when one thing is changed'],
      [mutation, 'are flagged in at most 2 % where they are true'],
      [mutation, 'is borne out, and found in at least 95 % when one thing is changed'],
    ],
  },
  L5: {
    fault: 'Quotations of what nobody said',
    outcome: 'Verified word for word, tolerated with the source said, or marked.',
    tests: [['verify/other-kinds.test.ts', 'quotations']],
  },
  L6: {
    fault: 'Labels nobody knows, compounds without parts, certainty without grounds',
    outcome: 'Normalised or refused; never more certain than the evidence.',
    tests: [[llmAnswers, 'L6: labels and certainty']],
  },
  L7: {
    fault: 'Face, voice and words that disagree',
    outcome: 'Said, and not averaged away.',
    tests: [
      ['pipeline/verified-answer.test.ts', 'L7: a conflict between face and words'],
      ['reason/facs/voice.test.ts', 'that is flat beside a smile is a conflict, named with both'],
    ],
  },
  L8: {
    fault: 'Speech models that invent words',
    outcome: 'Not asked about silence and noise; loops are said once and marked.',
    tests: [
      ['perceive/speech/recognition.test.ts', 'is not even asked about %s'],
      ['perceive/speech/guards.test.ts', 'words that nobody said'],
    ],
  },
  L9: {
    fault: 'Servers that fail, refuse or stall',
    outcome:
      'Tried again where it helps, as long as they say, left alone after five failures; then the stand-in, labelled.',
    tests: [
      [llmClient, 'L9: a server that fails'],
      ['pipeline/verified-answer.test.ts', 'answers where the server does not, and says so'],
    ],
  },
  L10: {
    fault: 'Broken streams',
    outcome: 'One end each, no word twice, no second try after the first word.',
    tests: [
      [llmClient, 'L10: a stream that is broken'],
      [llmReasoner, 'ends exactly once after %s'],
    ],
  },
  L11: {
    fault: 'Answers without end',
    outcome: 'Cut at the limit, and the connection closed.',
    tests: [[llmClient, 'L11: an answer without end']],
  },
  L12: {
    fault: 'Costs',
    outcome: 'Counted before the call, for a request and for a day.',
    tests: [
      [llmClient, 'L12: what it may cost'],
      [llmReasoner, 'L12: the whole explanation'],
    ],
  },
  L13: {
    fault: 'Models and prompts that drift',
    outcome: 'Every answer keeps model, prompt digest, parameters and raw text; a changed prompt needs a new version.',
    tests: [
      ['textualize/prompts.test.ts', 'cannot change without a new version'],
      [llmClient, 'is read word by word, with its name and what it counted'],
    ],
  },
  S1: {
    fault: 'More requests than can be served',
    outcome:
      'A bounded queue, 429 with the time to come again; `bench/load.ts` fails where small answers take more than 100 ms meanwhile.',
    tests: [
      [queue, 'S1: is bounded, for one client and for all, and says when to come again'],
      [api, 'S1: says when to come again where the queue is full'],
    ],
  },
  S2: {
    fault: 'One client that sends everything',
    outcome: 'Clients take turns.',
    tests: [
      [queue, 'takes higher priorities first, and lets clients take turns (S2)'],
      ['jobs/redis/redis-queue.test.ts', 'S2 lets clients take turns, and a higher priority go first'],
    ],
  },
  S3: {
    fault: 'Slow heads, slow bodies, idle sockets',
    outcome: 'Closed on time; others are served meanwhile.',
    tests: [
      [server, 'S3: closes sockets that send a head byte by byte, and serves others meanwhile'],
      [store, 'S3: that drip or stop are given up'],
    ],
  },
  S4: {
    fault: 'Clients that leave',
    outcome: 'Measuring, sending and asking a model stop, and the place is free.',
    tests: [
      [server, 'S4: a client that leaves while its clip is measured or sent stops the work'],
      [api, 'S4: the work stops when the one who waits for it goes, and goes on for another who waits'],
      [pool, 'ends running and waiting jobs on abort, and their processes'],
      [llmReasoner, 'stops the server when nobody listens any more'],
    ],
  },
  S5: {
    fault: 'Readers that do not read',
    outcome: 'Nothing is kept for them: what was told meanwhile comes from the store.',
    tests: [[api, 'S5: keeps nothing in memory for a reader who does not read']],
  },
  S6: {
    fault: 'Streams that are cut and taken up',
    outcome: 'No event lost and none twice.',
    tests: [[api, 'S6: takes up after Last-Event-ID, without loss and without repetition']],
  },
  S7: {
    fault: 'Stopping under work',
    outcome: 'Running jobs end within the grace or are given back uncounted; exit status 0.',
    tests: [
      [queue, 'S7: lets running jobs end within the grace, and gives back the others without counting the start'],
      [
        server,
        'S7, D1: explains a real clip; killed or told to stop in the middle it goes on after the next start, once',
      ],
    ],
  },
  S8: {
    fault: 'A server that is up but cannot work',
    outcome: 'Live but not ready, with the condition named: database, disk, perception, stopping.',
    tests: [
      [server, 'S8: tells live from ready, and says which condition is not met'],
      [
        'faults/readiness.test.ts',
        'S8: is not ready while the disk is full or the decoder cannot start, and says which',
      ],
    ],
  },
  S9: {
    fault: 'Wrong settings',
    outcome: 'All problems at once, exit status 78, no stack, no secret.',
    tests: [
      [server, 'S9: says all that is wrong with its settings and ends with 78, without a stack'],
      [access, 'S9: tell of all problems at once'],
      ['jobs/shared-settings.test.ts', 'S9 tells all problems at once, and repeats no secret'],
    ],
  },
  S10: {
    fault: 'The same clip twice at once',
    outcome: 'One measurement for both.',
    tests: [[api, 'S10: two that ask for the same clip at once share one measurement']],
  },
  S11: {
    fault: 'Work that blocks the event loop',
    outcome:
      'Measuring runs in other processes; `bench/load.ts` fails where the delay of the loop passes 50 ms at the 99th percentile.',
    tests: [
      ['kit/abort.test.ts', 'lets an abort from a timer stop a loop that would otherwise never yield'],
      [
        'faults/readiness.test.ts',
        'S11: leaves the loop of its parent free while a clip is measured; R5: sessions and decoders of a worker have one thread',
      ],
    ],
  },
  D1: {
    fault: 'A process that is killed at any moment',
    outcome: 'After the next start the job ends, once, with the same result.',
    tests: [
      [crash, 'D1: loses nothing and repeats nothing visible, wherever it was killed'],
      [
        server,
        'S7, D1: explains a real clip; killed or told to stop in the middle it goes on after the next start, once',
      ],
    ],
  },
  D2: {
    fault: 'A clip that ends the process each time',
    outcome: 'Given up after three starts; others are done.',
    tests: [
      [crash, 'D2: a clip that ends the process each time is given up after three starts, and others are done'],
      ['jobs/redis/redis-queue.test.ts', 'D2 parks a job whose workers die over it'],
    ],
  },
  D3: {
    fault: 'A full disk',
    outcome:
      'Said as `storage-full`, before the upload where it can be known; nothing half written stays, and it passes.',
    tests: [
      [store, 'D3: a full disk is said as such, leaves nothing half written, and passes'],
      [store, 'D3: are refused before a byte is written where the disk has no room'],
    ],
  },
  D4: {
    fault: 'A damaged store',
    outcome: 'The changed file is noticed by its digest, others are served, and the message says what to do.',
    tests: [
      [store, 'D4: a changed file is noticed, and others are still served'],
      [store, 'D4: says what to do when it is damaged'],
      ['jobs/s3/s3-blob-store.test.ts', 'D4 notices a blob that is not what was written'],
    ],
  },
  D5: {
    fault: 'Clocks that jump',
    outcome: 'An hour either way misleads nobody.',
    tests: [[queue, 'D5: is not misled by a clock that jumps an hour either way']],
  },
  D6: {
    fault: 'Two servers on one store',
    outcome: 'Each job once, and everybody hears of it.',
    tests: [[queue, 'D6: does each job once, and tells everybody']],
  },
  D7: {
    fault: 'Upgrades and downgrades',
    outcome: 'What every released version wrote is read; what a newer one wrote is not touched.',
    tests: [
      [store, 'D7: opens what every released version wrote, and reads all of it'],
      [store, 'D7: refuses one that a newer version wrote, without touching it'],
    ],
  },
  R1: {
    fault: 'Growth over time',
    outcome:
      '`npm run soak` fails above 10 kB a clip after warm-up, in the server and in its workers, and where handles or children grow (see the end of this page).',
    tests: [['faults/mutants.test.ts', '%s: each ends in time and typed, the parent lives and does not grow']],
  },
  R2: {
    fault: 'Allocators that keep what was freed',
    outcome:
      '`MALLOC_ARENA_MAX=2` in the container and the unit file; the picture library keeps no cache and one thread a worker.',
    tests: [[gates, 'R2: allocators are told to keep little, wherever a service is started']],
  },
  R3: {
    fault: 'Model files that are tampered with, cut, swapped, or reach outside',
    outcome: 'Refused by digest, shape and place of the weights, naming the model.',
    tests: [
      [models, 'is refused when %s, and verify says so'],
      ['perceive/models/sessions.test.ts', 'refuse weights that lie in another file'],
      ['perceive/models/sessions.test.ts', 'refuse a graph whose input has another shape than the manifest says'],
      [
        'perceive/models/import/importer.test.ts',
        'answers damaged files with a typed error or a model, and nothing else',
      ],
      ['perceive/models/zip-member.test.ts', 'of a damaged bundle is bytes or a typed error, whatever is damaged'],
      ['perceive/models/zip-member.test.ts', 'that is damaged is let through or refused by a typed error'],
    ],
  },
  R4: {
    fault: 'Native code that ends its process',
    outcome: 'The job is tried once more and then a typed failure; the pool goes on.',
    tests: [
      [pool, 'tries a job that crashed once more, and only once'],
      [pool, 'kills a worker that grows too large'],
    ],
  },
  R5: {
    fault: 'More threads than cores',
    outcome: 'One thread a session and a decoder, one worker a core.',
    tests: [
      [
        'faults/readiness.test.ts',
        'S11: leaves the loop of its parent free while a clip is measured; R5: sessions and decoders of a worker have one thread',
      ],
    ],
  },
  R6: {
    fault: 'Downloads of models that break off, lie, or race',
    outcome: 'Resumed, or nothing is kept; never a half file under the final name.',
    tests: [
      [models, 'goes on where a broken line left off'],
      [models, 'keeps nothing of %s'],
      [models, 'lets several pull the same file at once'],
      [models, 'offline, names the file, the folder and the command'],
      [
        'perceive/models/hub/pull-hub.test.ts',
        'is not kept where what comes is not what the hub states, or where it states nothing',
      ],
    ],
  },
  R7: {
    fault: 'Numbers that are none, empty or constant signals, one frame',
    outcome: 'Observations of the contract without NaN, from any numbers; facts, tables and verdicts from any of them.',
    tests: [
      [
        'observe/observe.test.ts',
        'survives any numbers: nothing, one frame, NaN, infinities, times that do not rise, columns that are too short',
      ],
      ['observe/voice/voice.test.ts', 'never name a feeling, stay bounded and in the contract, whatever the numbers'],
      [
        'textualize/any-analysis.test.ts',
        'becomes facts within the budget, each of an observation, in lines of their own',
      ],
      ['perceive/import/read.test.ts', 'reads or refuses whatever a table holds, with a typed error'],
      ['perceive/voice/listen.test.ts', 'with samples that are no numbers is read, and warned about'],
      ['verify/robustness.test.ts', 'is read without a throw, and every claim is a piece of it'],
      [
        'present/http/any-request.test.ts',
        'is answered as designed: never with 500, and every refusal in the one shape',
      ],
    ],
  },
  K1: {
    fault: 'Keys in logs, errors and events',
    outcome: 'Redacted by field and by pattern; in no answer.',
    tests: [
      [access, 'K1, K3, K4: neither the log nor any answer holds keys, names, paths or stacks'],
      [llmClient, 'K1: the key'],
    ],
  },
  K2: {
    fault: 'Guessed and stolen keys',
    outcome: 'Kept hashed, compared in constant time, refused alike.',
    tests: [[access, 'K2: are kept hashed; a wrong secret, an expired and an invented key are refused alike']],
  },
  K3: {
    fault: 'Words and names in logs',
    outcome: 'Logs carry ids; traces carry codes.',
    tests: [
      [access, 'K1, K3, K4: neither the log nor any answer holds keys, names, paths or stacks'],
      [access, 'the audit log tells who asked for which judgement, and no content'],
      ['kit/span.test.ts', 'go to the provider that is registered, with codes and without messages'],
    ],
  },
  K4: {
    fault: 'Paths and stacks in errors',
    outcome: 'None in any answer.',
    tests: [
      [access, 'K1, K3, K4: neither the log nor any answer holds keys, names, paths or stacks'],
      [
        'present/http/any-request.test.ts',
        'is answered as designed: never with 500, and every refusal in the one shape',
      ],
    ],
  },
  V1: {
    fault: 'Clips that stay behind',
    outcome: 'No byte of the clip once it is analysed, none of the measurements once it is deleted.',
    tests: [
      [api, 'V1: holds no byte of the clip once it is analysed, and none of the measurements once it is deleted'],
      [store, 'takes away what nobody asked for in time; keeps it when told to'],
    ],
  },
  V2: {
    fault: 'Deletion while a job runs',
    outcome: 'The job ends, and nothing comes after it.',
    tests: [
      [api, 'V2: deletes during a job, which ends'],
      [store, 'V2: takes nothing in of an analysis that has been deleted'],
    ],
  },
  V3: {
    fault: 'What was deleted, in the free pages and the log of the database',
    outcome: '`secure_delete` and a checkpoint: the marker is in no file of the data folder.',
    tests: [
      [api, 'V1: holds no byte of the clip once it is analysed, and none of the measurements once it is deleted'],
    ],
  },
  V4: {
    fault: 'The wish to see all that is held',
    outcome: 'One export, with corrections, events and the audit trail.',
    tests: [[api, 'keeps corrections and exports everything that is held']],
  },
  V5: {
    fault: 'Face embeddings that are written down',
    outcome: 'The contract has no field for them; measurements hold no list that long.',
    tests: [
      [gates, 'V5: a face’s look, which tells people apart in one clip, is no field, and no number of it is written'],
    ],
  },
  V6: {
    fault: 'Readings of emotion at work and in education',
    outcome:
      'Refused in the library, the commands, HTTP, chat, the OpenAI format, MCP, and at the edge; measurements stay.',
    tests: [
      [gates, 'V6: %s refuses a reading in the library and the command line'],
      [gates, 'V6: that refuses readings gives none through MCP, and measures all the same'],
      [access, 'V6: of the key refuses readings of emotion on every way in, whatever the request says'],
      ['present/http/talk.test.ts', 'gives no reading where the purpose of the server refuses one'],
      ['chat/answers.test.ts', 'gives measurements, and no reading, where the purpose refuses one'],
      ['chat/agent.test.ts', 'is never asked what whyface never answers, nor where the purpose refuses a reading'],
      ['present/http/text-side-suite.ts', 'refuses readings where the purpose does'],
    ],
  },
  V7: {
    fault: 'Pictures sent to other machines',
    outcome: 'Only with the explicit flag; without a remote model nothing leaves at all.',
    tests: [
      [gates, 'V7: brings no picture and no word of a photo to anybody while it is measured and explained'],
      [vlm, 'go to no other machine unless each may leave'],
      [
        'e2e/reasoner-vlm.test.ts',
        'refuses to send pictures of the face to another machine, before anything is measured',
      ],
    ],
  },
  B1: {
    fault: 'Sex, age, origin, looks, identity',
    outcome: 'No field of the contract, no word of a prompt, no answer in a conversation.',
    tests: [
      [gates, 'B1: sex, age, origin, looks and identity are no fields of the contract'],
      ['textualize/prompts.test.ts', 'speak of nobody by sex, age or origin'],
      ['chat/questions.test.ts', '%s → %s'],
    ],
  },
  B2: {
    fault: 'Names and pronouns that move the answer',
    outcome: 'They move none of the FACS reasoner; `whyface eval bias` measures the same of a language model.',
    tests: [
      [runners, 'find that names, pronouns and group words move no answer of the FACS reasoner'],
      [runners, 'would find a reasoner that listens to names'],
    ],
  },
  B3: {
    fault: 'Faces that look stern at rest',
    outcome: 'A constant level is the person’s baseline, no expression.',
    tests: [
      ['observe/action-units.test.ts', 'does not take a constantly lowered brow for an event, and says so once'],
      [judgement, 'does not take a resting look for anger'],
    ],
  },
  B4: {
    fault: 'Headline numbers from few people',
    outcome: 'Groups with intervals; small samples are kept out of the headline.',
    tests: [
      [runners, 'are scored by labels and cues, in either language, with small samples kept out of the headline'],
      [runners, 'are compared by one spelling, with calibration, groups and affect'],
    ],
  },
  B5: {
    fault: 'Readings of what can hardly be seen',
    outcome: 'Abstained from, with alternatives.',
    tests: [[judgement, 'abstaining']],
  },
  B6: {
    fault: 'Diagnoses, lies, certainties about people',
    outcome: 'In no sentence that is written, and refused in those of a model.',
    tests: [
      ['reason/facs/writing.test.ts', 'speaks of a reading: no diagnosis, no lie, no gender, and every sentence whole'],
      [llmAnswers, 'L1: what models send instead of an answer'],
      [
        gates,
        'B6, B7: that it is a reading, that people and cultures differ, and that nobody is to be judged by it alone',
      ],
    ],
  },
  B7: {
    fault: 'Answers without their context',
    outcome: 'Every answer in every format says that readings differ between people, cultures and situations.',
    tests: [
      [
        gates,
        'B6, B7: that it is a reading, that people and cultures differ, and that nobody is to be judged by it alone',
      ],
    ],
  },
};

/** Parts of the list that no test shows yet: what is missing is said, and not taken for granted. */
export const NOT_SHOWN_YET: ReadonlyArray<readonly [what: string, state: string]> = [
  [
    'M6, all 500 mutants of each kind',
    '20 of each of the 20 kinds went through `explain` without a miss (23 November 2026); the full run has not been recorded.',
  ],
  ['M14, 10-bit pictures and tracks of no length', 'The encoder of the tests makes neither.'],
  [
    'R1, ten minutes',
    'Trials of `npm run soak` over 1.5 and 2 minutes (187 and 184 clips): no answer differed, children and handles stayed flat, but the server grew by 53 kB a clip with the collector running (90 kB without). Whether that is warming up or growth, ten minutes must tell.',
  ],
  [
    'R3, a network that answers with NaN or zeros only',
    'Such numbers count as no value in the code; no test feeds them through a session.',
  ],
  ['S1 and S11, on every run', 'Their figures come from `bench/load.ts`, by hand: times are measured in no test.'],
];

/** Parts of the list that whyface has nothing of, and why. */
export const DOES_NOT_APPLY: ReadonlyArray<readonly [what: string, why: string]> = [
  [
    'Debug capture of prompts (K3)',
    'There is none: the raw answer and the digest of the prompt are in the record, the prompt itself is nowhere kept.',
  ],
  [
    'Calibration maps for confidences of language models (L6)',
    'A model’s own confidence is cut to what its evidence carries instead; `whyface eval labels` prints the calibration.',
  ],
  [
    'Health of a GPU, of model servers (S8)',
    'Everything that is needed runs in the workers, on processors; a language model’s server is asked when it is needed.',
  ],
];
