/**
 * Words that name a state of feeling, in families. Ours: drawn from the vocabulary of EMER, OV-MER and MER-UniBench
 * answers and of everyday English and Chinese. `positive` and `negative` hold words that give the sign alone.
 *
 * The families are coarse on purpose: two annotators who agree on the feeling rarely agree on the word.
 */
export const EMOTION_FAMILIES = {
  happiness: {
    sign: 1,
    en: 'happy happily happiness happier joy joyful joyous joyfully delight delighted delightful pleased pleasure pleasurable cheer cheerful cheerfully cheerfulness glad gladness merry merriment elated elation ecstatic ecstasy blissful contented contentment satisfied satisfaction satisfying amused amusement amusing enjoy enjoys enjoying enjoyment enjoyable fun funny humor humour humorous humorously joking jokey jest teasing playful playfully playfulness excited excitement excitedly exciting enthusiastic enthusiasm thrilled overjoyed euphoric euphoria jubilant lively lighthearted light-hearted upbeat mirth glee gleeful naughty entertained entertaining entertainment optimistic optimism hopeful hope celebratory carefree content relief relieved',
    zh: '高兴 开心 快乐 愉快 愉悦 喜悦 欢乐 欢喜 欣喜 欣慰 兴奋 满足 满意 幸福 享受 乐观 喜爱之情 愉快的 轻快 兴高采烈 高昂 幽默 调侃 打趣 俏皮 顽皮 搞笑 逗乐 玩笑 开玩笑 热情 宽慰 如释重负 释然 甜蜜 欢快 喜出望外 惊喜 乐意 庆幸 心情很好 心情好 充满希望',
  },
  affection: {
    sign: 1,
    en: 'love loving lovingly affection affectionate fond fondness tender tenderness caring care gratitude grateful thankful appreciation appreciative appreciate respect respectful admiration admiring admire adoration adore praise praising warm warmth friendly friendliness compassion compassionate empathy empathetic sympathy sympathetic supportive support encouraging encouragement comforting reassuring gentle kind kindness intimacy intimate longing romantic moved touched approval agreement affirmative',
    zh: '感激 感谢 感恩 爱意 爱慕 喜爱 喜欢 疼爱 关爱 关心 关切 关怀 温柔 温情 温暖 亲切 亲密 友好 友善 同情 怜悯 心疼 安慰 鼓励 支持 赞赏 赞美 赞同 赞扬 认同 欣赏 钦佩 崇拜 敬佩 感动 思念 想念 不舍 深情 浪漫 赞许 夸赞',
  },
  anger: {
    sign: -1,
    en: 'anger angry angrily angered annoy annoyed annoyance irritated irritation irritable irritability fury furious furiously rage enraged outrage outraged mad irate hostile hostility aggressive aggression resentment resentful frustrated frustration frustrating exasperated exasperation indignant indignation infuriated displeased displeasure dissatisfied dissatisfaction discontent discontented discontentment complain complaining complaint blame blaming accuse accusing accusation complaints unsatisfied hysterical reproach reproachful impatient impatience agitated agitation quarrel arguing confrontational hate hatred threatening warning offended livid criticism critical disapproval disapproving',
    zh: '生气 愤怒 恼怒 恼火 气愤 愤慨 愤恨 怒气 怒火 怒意 发怒 暴怒 大怒 愤愤不平 火大 不满 不悦 不高兴 不快 烦躁 烦恼 烦闷 不耐烦 急躁 暴躁 厌烦 责备 指责 谴责 责怪 质问 埋怨 抱怨 怨恨 怨气 敌意 敌对 憎恨 仇恨 恨意 斥责 训斥 怒吼 侵略 批评 挫败 气恼 激怒',
  },
  sadness: {
    sign: -1,
    en: 'sad sadly sadness saddened sorrow sorrowful sorry grief grieving grieved unhappy unhappiness gloom gloomy misery miserable melancholy melancholic depressed depression despair despairing despondent dejected dejection disappointed disappointment heartbroken heartbreak hurt pain painful anguish lonely loneliness hopeless hopelessness helpless helplessness powerless upset down downcast low crying tearful weeping mournful nostalgic nostalgia pessimistic pessimism resigned resignation discouraged disheartened weary exhaustion exhausted tired fatigue aggrieved wronged sullen homesick breakdown',
    zh: '悲伤 伤心 难过 难受 悲痛 悲哀 悲戚 哀伤 忧伤 忧郁 沮丧 失望 失落 绝望 痛苦 痛心 心痛 委屈 委曲 不开心 不快乐 郁闷 抑郁 消沉 低落 低沉情绪 无奈 无助 无力 孤独 寂寞 凄凉 哭泣 哭 流泪 落泪 哽咽 悲观 伤感 惆怅 遗憾 心碎 可怜 灰心 气馁 压抑 憋屈 崩溃 疲惫 疲倦',
  },
  fear: {
    sign: -1,
    en: 'fear fearful fearfully afraid scared scary frightened fright terror terrified panic panicked panicky anxiety anxious anxiously worry worried worries worrying nervous nervously nervousness dread horror horrified alarmed alarm apprehension apprehensive uneasy unease uneasiness insecure insecurity stress stressed pressure pressured tense tension concern concerned concerns timid restless desperate desperation urgency urgent overwhelmed vulnerable threatened uncomfortable discomfort distress distressed unsettled frightening intimidated',
    zh: '担心 担忧 忧虑 忧愁 发愁 害怕 恐惧 惧怕 恐慌 惊恐 惊慌 慌张 慌乱 焦虑 焦急 着急 焦躁 紧张 不安 忐忑 心慌 顾虑 畏惧 胆怯 压力 忧心 心急 惶恐 惊吓 警惕 戒备',
  },
  surprise: {
    sign: 0,
    en: 'surprise surprised surprising surprisingly astonished astonishment amazed amazement shock shocked shocking stunned startled incredulous incredulity disbelief speechless dumbfounded astounded awe awestruck unexpected',
    zh: '惊讶 吃惊 惊奇 震惊 诧异 惊诧 惊异 意外 惊喜 难以置信 不可置信 不敢相信 不可思议 目瞪口呆 惊愕 错愕',
  },
  disgust: {
    sign: -1,
    en: 'disgust disgusted disgusting revulsion revolted repulsed repulsion loathing loathe aversion averse distaste nauseated repelled dislike',
    zh: '厌恶 恶心 反感 嫌弃 讨厌 排斥 憎恶 嫌恶',
  },
  contempt: {
    sign: -1,
    en: 'contempt contemptuous disdain disdainful scorn scornful smug arrogant arrogance mocking mockery mock ridicule sarcastic sarcasm sarcastically ironic irony cynical cynicism condescending dismissive derision derisive disrespect taunting',
    zh: '轻蔑 鄙视 蔑视 藐视 不屑 轻视 瞧不起 看不起 嘲讽 嘲笑 讽刺 讥讽 挖苦 傲慢 嘲弄 冷嘲热讽',
  },
  confusion: {
    sign: 0,
    en: 'confused confusion puzzled puzzlement perplexed perplexity bewildered bewilderment baffled doubt doubtful doubts uncertain uncertainty unsure hesitant hesitation reluctant reluctance unwilling skeptical skepticism sceptical suspicious suspicion suspect distrust questioning ambivalent conflicted',
    zh: '疑惑 困惑 疑问 不解 迷惑 迷茫 茫然 怀疑 质疑 犹豫 不确定 矛盾 纠结 半信半疑 懵',
  },
  calm: {
    sign: 0,
    en: 'calm calmly calmness composed composure peaceful serene serenity tranquil tranquility relaxed relaxation relax relaxing neutral comfortable comfort casual indifferent indifference apathetic apathy detached detachment nonchalant unconcerned bored boredom emotionless content-free rational objective stable leisurely ease',
    zh: '平静 冷静 镇定 镇静 沉着 淡定 平和 安静的情绪 中性 中立 放松 轻松 舒适 舒服 自在 惬意 悠闲 冷漠 漠不关心 无聊 漠然 淡漠 平淡 理性 从容 随意 安宁 安心 放心',
  },
  embarrassment: {
    sign: -1,
    en: 'embarrassed embarrassment embarrassing shy shyly shyness bashful awkward awkwardness ashamed shame humiliated humiliation coy timidity self-conscious',
    zh: '尴尬 害羞 羞涩 腼腆 羞愧 羞耻 羞辱 难为情 不好意思 娇羞 窘迫 难堪 丢脸',
  },
  guilt: {
    sign: -1,
    en: 'guilt guilty remorse remorseful regret regretful apologetic apology apologizing self-blame self-blaming self-reproach repentant',
    zh: '内疚 愧疚 歉疚 抱歉 歉意 道歉 自责 后悔 懊悔 懊恼 悔恨 惭愧 悔意',
  },
  pride: {
    sign: 1,
    en: 'pride proud proudly confident confidence confidently triumphant triumph self-assured accomplished determined determination assertive resolute firm',
    zh: '自豪 骄傲 得意 自信 洋洋得意 成就感 坚定 果断 坚决 胸有成竹',
  },
  interest: {
    sign: 1,
    en: 'interest interested curious curiosity curiously attentive anticipation anticipatory anticipating expecting hoping expectant expectation eager eagerly eagerness looking-forward fascinated engaged inquisitive',
    zh: '好奇 感兴趣 兴趣 期待 期盼 盼望 期望 渴望 憧憬 向往 希望',
  },
  seriousness: {
    sign: 0,
    en: 'serious seriously seriousness solemn stern severe thoughtful contemplative contemplation pensive focused focus concentrated reflective thinking',
    zh: '严肃 严厉 认真 沉思 专注 凝重 庄重 思考 深思',
  },
  excitement: {
    sign: 0,
    en: 'agitatedly passionate passion passionately energetic',
    zh: '激动 激昂 亢奋 情绪激动 激烈 冲动',
  },
  positive: { sign: 1, en: 'positive positively positivity pleasant', zh: '积极 正面 正向 偏正向 积极向上' },
  negative: { sign: -1, en: 'negative negatively negativity unpleasant troubled', zh: '负面 消极 负向 偏负向 不愉快 不舒服' },
} as const; // biome-ignore format: one table

export type EmotionFamily = keyof typeof EMOTION_FAMILIES;
