import { type CharacterSet, matchingSet } from './characterSet';

/**
 * What the reference knows and JavaScript too: the first name is JavaScript's, all are the reference's. Left out are blocks
 * (`In_…`), `Other_…`, and properties whose members change from version to version of Unicode (`Diacritic`,
 * `Extended_Pictographic`, `Changes_When_Casemapped` and their like): those are refused.
 */
const GENERAL_CATEGORIES =
  'C=Other Cc=Control Cf=Format Cn=Unassigned Co=Private_Use Cs=Surrogate L=Letter LC=Cased_Letter ' +
  'Ll=Lowercase_Letter Lm=Modifier_Letter Lo=Other_Letter Lt=Titlecase_Letter Lu=Uppercase_Letter ' +
  'M=Combining_Mark=Mark Mc=Spacing_Mark Me=Enclosing_Mark Mn=Nonspacing_Mark N=Number Nd=Decimal_Number ' +
  'Nl=Letter_Number No=Other_Number P=Punctuation Pc=Connector_Punctuation Pd=Dash_Punctuation ' +
  'Pe=Close_Punctuation Pf=Final_Punctuation Pi=Initial_Punctuation Po=Other_Punctuation ' +
  'Ps=Open_Punctuation S=Symbol Sc=Currency_Symbol Sk=Modifier_Symbol Sm=Math_Symbol So=Other_Symbol ' +
  'Z=Separator Zl=Line_Separator Zp=Paragraph_Separator Zs=Space_Separator';
const BINARY_PROPERTIES =
  'ASCII_Hex_Digit=AHex Alphabetic Any Assigned Bidi_Control=Bidi_C Case_Ignorable=CI Cased ' +
  'Changes_When_Casefolded=CWCF Changes_When_Lowercased=CWL Dash Default_Ignorable_Code_Point=DI ' +
  'Deprecated=Dep Emoji Emoji_Component=EComp Emoji_Modifier=EMod Emoji_Modifier_Base=EBase ' +
  'Emoji_Presentation=EPres Extender=Ext Grapheme_Base=Gr_Base Grapheme_Extend=Gr_Ext Hex_Digit=Hex ' +
  'IDS_Binary_Operator=IDSB IDS_Trinary_Operator=IDST ID_Continue=IDC ID_Start=IDS Ideographic=Ideo ' +
  'Join_Control=Join_C Logical_Order_Exception=LOE Lowercase Math Noncharacter_Code_Point=NChar ' +
  'Pattern_Syntax=Pat_Syn Pattern_White_Space=Pat_WS Quotation_Mark=QMark Radical Regional_Indicator=RI ' +
  'Sentence_Terminal=STerm Soft_Dotted=SD Terminal_Punctuation=Term Unified_Ideograph=UIdeo Uppercase ' +
  'Variation_Selector=VS White_Space=WSpace XID_Continue=XIDC XID_Start=XIDS';
const SCRIPTS =
  'Adlam=Adlm Ahom Anatolian_Hieroglyphs=Hluw Arabic=Arab Armenian=Armn Avestan=Avst Balinese=Bali ' +
  'Bamum=Bamu Bassa_Vah=Bass Batak=Batk Bengali=Beng Bhaiksuki=Bhks Bopomofo=Bopo Brahmi=Brah Braille=Brai ' +
  'Buginese=Bugi Buhid=Buhd Canadian_Aboriginal=Cans Carian=Cari Caucasian_Albanian=Aghb Chakma=Cakm Cham ' +
  'Cherokee=Cher Chorasmian=Chrs Common=Zyyy Coptic=Copt=Qaac Cuneiform=Xsux Cypriot=Cprt Cypro_Minoan=Cpmn ' +
  'Cyrillic=Cyrl Deseret=Dsrt Devanagari=Deva Dives_Akuru=Diak Dogra=Dogr Duployan=Dupl ' +
  'Egyptian_Hieroglyphs=Egyp Elbasan=Elba Elymaic=Elym Ethiopic=Ethi Garay=Gara Georgian=Geor ' +
  'Glagolitic=Glag Gothic=Goth Grantha=Gran Greek=Grek Gujarati=Gujr Gunjala_Gondi=Gong Gurmukhi=Guru ' +
  'Gurung_Khema=Gukh Han=Hani Hangul=Hang Hanifi_Rohingya=Rohg Hanunoo=Hano Hatran=Hatr Hebrew=Hebr ' +
  'Hiragana=Hira Imperial_Aramaic=Armi Inherited=Qaai=Zinh Inscriptional_Pahlavi=Phli ' +
  'Inscriptional_Parthian=Prti Javanese=Java Kaithi=Kthi Kannada=Knda Katakana=Kana Kawi Kayah_Li=Kali ' +
  'Kharoshthi=Khar Khitan_Small_Script=Kits Khmer=Khmr Khojki=Khoj Khudawadi=Sind Kirat_Rai=Krai Lao=Laoo ' +
  'Latin=Latn Lepcha=Lepc Limbu=Limb Linear_A=Lina Linear_B=Linb Lisu Lycian=Lyci Lydian=Lydi Mahajani=Mahj ' +
  'Makasar=Maka Malayalam=Mlym Mandaic=Mand Manichaean=Mani Marchen=Marc Masaram_Gondi=Gonm ' +
  'Medefaidrin=Medf Meetei_Mayek=Mtei Mende_Kikakui=Mend Meroitic_Cursive=Merc Meroitic_Hieroglyphs=Mero ' +
  'Miao=Plrd Modi Mongolian=Mong Mro=Mroo Multani=Mult Myanmar=Mymr Nabataean=Nbat Nag_Mundari=Nagm ' +
  'Nandinagari=Nand New_Tai_Lue=Talu Newa Nko=Nkoo Nushu=Nshu Nyiakeng_Puachue_Hmong=Hmnp Ogham=Ogam ' +
  'Ol_Chiki=Olck Ol_Onal=Onao Old_Hungarian=Hung Old_Italic=Ital Old_North_Arabian=Narb Old_Permic=Perm ' +
  'Old_Persian=Xpeo Old_Sogdian=Sogo Old_South_Arabian=Sarb Old_Turkic=Orkh Old_Uyghur=Ougr Oriya=Orya ' +
  'Osage=Osge Osmanya=Osma Pahawh_Hmong=Hmng Palmyrene=Palm Pau_Cin_Hau=Pauc Phags_Pa=Phag Phoenician=Phnx ' +
  'Psalter_Pahlavi=Phlp Rejang=Rjng Runic=Runr Samaritan=Samr Saurashtra=Saur Sharada=Shrd Shavian=Shaw ' +
  'Siddham=Sidd SignWriting=Sgnw Sinhala=Sinh Sogdian=Sogd Sora_Sompeng=Sora Soyombo=Soyo Sundanese=Sund ' +
  'Sunuwar=Sunu Syloti_Nagri=Sylo Syriac=Syrc Tagalog=Tglg Tagbanwa=Tagb Tai_Le=Tale Tai_Tham=Lana ' +
  'Tai_Viet=Tavt Takri=Takr Tamil=Taml Tangsa=Tnsa Tangut=Tang Telugu=Telu Thaana=Thaa Thai Tibetan=Tibt ' +
  'Tifinagh=Tfng Tirhuta=Tirh Todhri=Todr Toto Tulu_Tigalari=Tutg Ugaritic=Ugar Unknown=Zzzz Vai=Vaii ' +
  'Vithkuqi=Vith Wancho=Wcho Warang_Citi=Wara Yezidi=Yezi Yi=Yiii Zanabazar_Square=Zanb';

/** The POSIX brackets, in their Unicode meaning, which are names of properties as well. */
const POSIX_BRACKETS: Readonly<Record<string, string>> = {
  alnum: String.raw`[\p{Alphabetic}\p{Nd}]`,
  alpha: String.raw`\p{Alphabetic}`,
  ascii: String.raw`[\0-\x7f]`,
  blank: String.raw`[\p{Zs}\t]`,
  cntrl: String.raw`\p{Cc}`,
  digit: String.raw`\p{Nd}`,
  graph: String.raw`[^\p{White_Space}\p{Cc}\p{Cn}\p{Cs}]`,
  lower: String.raw`\p{Lowercase}`,
  print: String.raw`[^\p{Cc}\p{Cn}\p{Cs}\u2028\u2029]`,
  punct: String.raw`[\p{P}\p{S}]`,
  space: String.raw`\p{White_Space}`,
  upper: String.raw`\p{Uppercase}`,
  xdigit: '[0-9A-Fa-f]',
  word: String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]`,
};

/** `\w` and `\b` ask a table of Latin-1 that counts ², ³, ¹, ¼, ½ and ¾ as well; `[\w]` does not. */
export const WORD = matchingSet(String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u00b2\u00b3\u00b9\u00bc-\u00be]`);

/** The set of a POSIX bracket such as `alpha` in `[[:alpha:]]`, or undefined. */
export function posixBracket(name: string): CharacterSet | undefined {
  const source = Object.hasOwn(POSIX_BRACKETS, name) ? POSIX_BRACKETS[name] : undefined;
  return source === undefined ? undefined : matchingSet(source);
}

/**
 * The set of a property such as `Lu` in `\p{Lu}`, or undefined for a name that is not known. Case, spaces, hyphens and
 * underscores do not count.
 */
export function propertySet(name: string): CharacterSet | undefined {
  const plain = plainName(name);
  if (plain === 'punct') {
    return matchingSet(String.raw`\p{P}`);
  }
  const posix = posixBracket(plain === 'posixpunct' ? 'punct' : plain);
  if (posix !== undefined) {
    return posix;
  }
  sources ??= readSources();
  const source = sources.get(plain);
  try {
    return source === undefined ? undefined : matchingSet(source);
  } catch {
    // A script that this version of JavaScript does not know yet.
    return undefined;
  }
}

let sources: ReadonlyMap<string, string> | undefined;

function readSources(): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const read = (list: string, prefix: string): void => {
    for (const names of list.split(' ')) {
      const [first = '', ...others] = names.split('=');
      for (const each of [first, ...others]) {
        known.set(plainName(each), `\\p{${prefix}${first}}`);
      }
    }
  };
  read(SCRIPTS, 'Script=');
  read(BINARY_PROPERTIES, '');
  read(GENERAL_CATEGORIES, 'General_Category=');
  return known;
}

function plainName(name: string): string {
  return name.replace(/[ _-]/g, '').toLowerCase();
}
