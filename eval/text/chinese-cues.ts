import type { Channel } from './cue.ts';

/** Chinese phrasings of cues, ours, from the wording of EMER descriptions. The first capture is not used. */
export const CHINESE_CUES: ReadonlyArray<{ channel: Channel; name: string; pattern: RegExp }> = [
  { channel: 'facial', name: 'brow-lowered', pattern: /(?:眉头?|眉毛|双眉)[^，。；、]{0,4}(?:紧锁|紧皱|皱|蹙|紧蹙|拧|锁)|皱(?:着|了|起)?(?:眉|眉头|眉毛)|蹙眉|愁眉/g },
  { channel: 'facial', name: 'brow-raised', pattern: /(?:眉头?|眉毛|眉梢)[^，。；、]{0,5}(?:抬|扬|挑|上扬|抬起|挑起|上挑)|(?:扬|挑|抬)(?:起|了|着)?眉/g },
  { channel: 'facial', name: 'eyes-wide', pattern: /(?:眼睛?|双眼|眼)[^，。；、]{0,4}(?:瞪|睁)[^，。；、]{0,3}|瞪(?:大|着|圆)?[^，。；、]{0,3}眼|睁大[^，。；、]{0,3}眼|目瞪/g },
  { channel: 'facial', name: 'eyes-narrowed', pattern: /(?:眼睛?|双眼)[^，。；、]{0,4}(?:眯|弯)|眯(?:着|起|了)?眼/g },
  { channel: 'facial', name: 'eyes-closed', pattern: /(?:闭|合)(?:上|着|了)?(?:双)?眼|眼睛?(?:紧)?闭/g },
  { channel: 'facial', name: 'tears', pattern: /眼泪|泪水|泪光|流泪|落泪|含着?泪|泪眼|热泪|泛红|发红|微红|湿润|哭泣|哭了|哭着|抽泣|哭腔|哽咽/g },
  { channel: 'facial', name: 'smile', pattern: /微笑|笑容|笑着|大笑|笑起来|笑了|笑意|含笑|面带笑|嘴角[^，。；、]{0,4}(?:上扬|扬起|上翘|翘起|微扬)|咧嘴|露出酒窝|欢笑|哈哈/g },
  { channel: 'facial', name: 'mouth-corners-down', pattern: /嘴角[^，。；、]{0,4}(?:下垂|下拉|向下|下撇|耷拉)|撇(?:着|了)?嘴/g },
  { channel: 'facial', name: 'mouth-open', pattern: /(?:嘴巴?|嘴唇|下巴|口)[^，。；、]{0,4}(?:张开|微张|张大|半张|张得)|张(?:开|大|着)[^，。；、]{0,2}嘴|合不拢嘴/g },
  { channel: 'facial', name: 'lips-pressed', pattern: /(?:嘴唇?|双唇|嘴巴)[^，。；、]{0,4}(?:紧闭|紧抿|抿)|抿(?:着|了|紧)?嘴|咬(?:着|紧)?(?:嘴唇|牙)/g },
  { channel: 'facial', name: 'lips-puckered', pattern: /(?:撅|噘|嘟)(?:着|起|了)?嘴/g },
  { channel: 'facial', name: 'nose-wrinkled', pattern: /皱(?:着|起)?鼻|鼻子?[^，。；、]{0,3}皱/g },
  { channel: 'facial', name: 'gaze-down', pattern: /(?:低头|低着头|低下头|头[^，。；、]{0,3}低|往下看|向下看|垂(?:下)?眼|目光[^，。；、]{0,3}下)/g },
  { channel: 'facial', name: 'gaze-away', pattern: /(?:眼神|目光|视线)[^，。；、]{0,4}(?:躲闪|回避|闪躲|游离|飘忽|移开|避开)|(?:转过|扭过|转)(?:了)?头|不(?:想|敢)?[^，。；、]{0,2}直视|移开[^，。；、]{0,3}(?:视线|目光)/g },
  { channel: 'facial', name: 'gaze-camera', pattern: /(?:看向|望向|盯着|注视着?|凝视着?|直视)[^，。；、]{0,3}(?:对方|镜头|摄像|他|她|前方)/g },
  { channel: 'facial', name: 'head-nod', pattern: /点(?:了|着)?头|频频点头/g },
  { channel: 'facial', name: 'head-shake', pattern: /摇(?:了|着|晃着?)?(?:摇)?(?:头|脑袋)|摇头/g },
  { channel: 'facial', name: 'gesture', pattern: /手势|挥手|挥舞|比划|肢体动作|摊手|拍手|鼓掌|拥抱|指着|攥|握拳|双手/g },
  { channel: 'vocal', name: 'loudness-up', pattern: /(?:音量|声音|嗓门|音调)[^，。；、]{0,5}(?:较高|很高|抬高|提高|变大|较大|很大|大声|洪亮|增大|升高|加大|铿锵)|大声|怒吼|吼|喊|高声|尖叫|咆哮/g },
  { channel: 'vocal', name: 'loudness-down', pattern: /(?:音量|声音)[^，。；、]{0,5}(?:较低|很低|降低|变小|较小|很小|微弱|轻柔|柔和|低沉|无力)|小声|低声|轻声|喃喃/g },
  { channel: 'vocal', name: 'pitch-up', pattern: /(?:语调|音调|声调)[^，。；、]{0,5}(?:上扬|升高|较高|很高|抬高|提高|上升|上挑)/g },
  { channel: 'vocal', name: 'pitch-down', pattern: /(?:语调|音调|声调|声音|语气)[^，。；、]{0,4}(?:低沉|下降|较低|低落|沉重)/g },
  { channel: 'vocal', name: 'rate-up', pattern: /(?:语速|说话|语气)[^，。；、]{0,4}(?:较快|很快|加快|变快|急促|快|急切)|急促/g },
  { channel: 'vocal', name: 'rate-down', pattern: /语速[^，。；、]{0,4}(?:较慢|缓慢|很慢|变慢|放慢|慢)|缓缓/g },
  { channel: 'vocal', name: 'tremor-up', pattern: /(?:声音|嗓音|语气)[^，。；、]{0,4}(?:颤抖|发抖|撕裂|哽咽)|颤音|颤抖/g },
  { channel: 'vocal', name: 'pauses-up', pattern: /停顿|结巴|支支吾吾|断断续续|吞吞吐吐|沉默/g },
  { channel: 'vocal', name: 'sigh', pattern: /叹(?:了|着)?(?:一)?(?:口)?气|叹息/g },
  { channel: 'vocal', name: 'gentle-tone', pattern: /(?:语气|声音|语调)[^，。；、]{0,4}(?:温柔|柔和|轻柔|温和|亲切)/g },
  { channel: 'vocal', name: 'excited-tone', pattern: /(?:言辞|言语|语气|情绪|话语)[^，。；、]{0,4}激动|(?:声音|语气)[^，。；、]{0,4}(?:轻快|欢快|愉悦|愉快)/g },
  { channel: 'vocal', name: 'flat-tone', pattern: /(?:语气|语调|声音)[^，。；、]{0,4}(?:平静|平稳|平淡|平缓)/g },
]; // biome-ignore format: one table

/** What makes a Chinese cue a denied one, right before it. */
export const CHINESE_DENIAL = /(?:没有|并没|并未|未见|没|未|不|毫无|缺乏)[^，。；、]{0,6}$/;
