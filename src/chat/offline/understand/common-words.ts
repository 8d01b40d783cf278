/** Everyday words of questions: known, and therefore never "corrected" into something else. */
export const COMMON_WORDS: readonly string[] = `
able about above across actually again ago all almost along already also although always among and another any anybody anyone anything anywhere
apart are around ask asked asks asking away back bad bear because been being believe below beside best better between big bit black blue body book boring bored bother bothered
boy boys bride bring brought brother but buy call called came camera can car care case cat chair chance child children city class clean clear clearly close come
could country course cry cries crying cut dad daughter day days dead deal dear decide did die does dog done door doubt down draw drink drive during each early eat
eight else enough especially even evening ever every everybody everyone everything exactly exist eye eyes face faces fact fair family far fast father feet few fifth film find fine fire first
five follow food foot for forget form four fourth friend friends from front full fun funny further game gave genuine girl girls give given glad goes going gone good guess guy guys had hair half hand
hands happen hard has have hear heard heart heavy help her here hers herself high him himself his hold home hope hour house how however human hundred hungry husband idea image images important inside
interested interview into job join joke jokes just keep kept kid kids kind knew know known lady large late later laugh laughs laughed laughing lead learn least leave left less let life light like likely list listen
little live lives location long look lose lost lot loud love made main make makes man many mark marry match matter maybe mean media member men mention mic middle might million mind mine minute minutes moment moments money
month more morning most mother mouth move moved movie much mum music must myself name named names near nearly necessary need needs neither nervous never new news next nice night nine nobody none nor
normal nose not nothing notice now number obvious obviously odd off often old once one ones only open opposite order other others our out outside over own page pair part parts party pass past people perhaps person persons
photo photos picture pictures piece place plain play played player please point points poor possible present pretty probably problem public pull push put question questions quick quiet quite rather read ready real reality really recording
red remember rest result right room round run running said same sat saw say scene school screen second seconds see seem seems seen self sense serious set seven several shall share she short should show shows side
silly simple simply since sing single sister sit sitting six size sleep small smart soft some somebody somehow someone something sometimes somewhere son song soon sorry sort spot stand standing state stay step still stood stories story strange
street student stupid such sudden suddenly suit sun sure surely table take taken talk tall teacher team teeth tell ten term terms test than that the their theirs them themselves then there therefore these they thing things think third this those though thought
thousand three through throughout tight time times tired today together told tomorrow too took top toward towards town tree tried true truth try trying turn twelve twenty twice two type under understand until upon upset use used uses using usual usually very video videos
view voice wait walk wall want wants war warm was watch watched watching water way ways wear wearing week weird well went were what whatever when where whether which while white who whole whom whose why wife will win window wish with within without woman women wonder wondered
word words wore work working world worried worry worse worst worth would write wrong yeah year years yellow yes yesterday yet you young your yours yourself anna john maria sarah david emma michael
stressed stress confused confusing excited excitement embarrassed embarrassment proud pride jealous guilty guilt shame ashamed lonely calm relaxed relax tense awkward interesting interest curious curiosity hopeful hope frustrated frustration disappointed disappointment
depressed depression drunk sick ill autistic autism adhd bipolar parkinson stroke dementia diagnosis diagnose gay straight lesbian ethnic ethnicity race racial nationality religion religious gender male female age aged elderly teenager attractive beautiful handsome ugly hot cute pretty
lie lies lied lying liar liars honest honestly honesty dishonest deceive deceptive deception deceiving truthful trustworthy criminal guilty intelligent intelligence identity identify identified recognise recognize celebrity famous actor actress politician president address personality introvert extrovert psychopath narcissist hire hired candidate
january monday tuesday wednesday thursday friday saturday sunday english german french spanish weather capital france recipe football stock price python code poem translate president
`
  .trim()
  .split(/\s+/);
