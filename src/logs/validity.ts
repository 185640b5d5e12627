// SPDX-License-Identifier: MIT
// What a column says about whether there was a fix. Some words are sure; others say it only where the column says the
// opposite of other rows: studies write "no" beside good fixes, and 1 is "no fix" beside 2D and 3D but a fix beside 0.

/** What a row is said to be. `no_word` and `one` count where another row says yes, or 3D; `lost` beside `diluted`. */
export const SAID = { nothing: 0, no: 1, no_word: 2, one: 4, yes: 8, three: 16, lost: 32, diluted: 64 } as const;

const NO =
  /^(?:false|f|v|invalid|void|no fix|none|no_fix|nofix|no gps|lost|not fixed|estimated|無効|未測位|未|非測位|×|✕)$/i;
const NO_WORD = /^(?:no|n|off)$/i;
const YES = /^(?:yes|y|on|true|t|a|valid|ok|有効|測位|○|dgps|sps|2d|d)$/i;

/** Where the columns stand that tell of fixes, and the names of all. */
interface Columns {
  index: Partial<Record<'valid' | 'invalid' | 'satellites' | 'dilution' | 'provider', number>>;
  names: readonly string[];
}

export class Validity {
  /** Bits of all that was said. */
  seen = 0;
  private readonly known = new Map<string, number>();
  private provider: string | undefined;
  private saidLast: number = SAID.nothing;

  /** In a column with a name of many meanings only A and V mean something, and V only beside A. */
  of(text: string, name: string): number {
    let said = this.known.get(text);
    if (said === undefined) {
      said = MANY_MEANINGS.test(name.trim()) ? lettersOf(text) : saidBy(text);
      if (this.known.size < 100) this.known.set(text, said);
    }
    return this.note(said);
  }

  /** What the columns of a row say together; `text`: the field of a column. */
  ofRow({ index, names }: Columns, text: (column: number) => string): number {
    const { valid, invalid, satellites, dilution, provider } = index;
    if (invalid !== undefined && saysNone(text(invalid))) return SAID.no;
    if (provider !== undefined && this.ofProvider(text(provider)) === SAID.no_word) return SAID.no_word;
    if (valid !== undefined) return this.of(text(valid), names[valid] ?? '');
    const counted = satellites === undefined ? SAID.nothing : saidByCount(text(satellites));
    const diluted = dilution === undefined ? SAID.nothing : saidByDilution(text(dilution));
    return this.note(counted | diluted);
  }

  /** Of a provider, which mostly is that of the row before. */
  private ofProvider(text: string): number {
    if (text !== this.provider) this.saidLast = saidByProvider(text);
    this.provider = text;
    return this.note(this.saidLast);
  }

  note(said: number): number {
    this.seen |= said;
    return said;
  }
}

function saidBy(text: string): number {
  if (text === '') return SAID.nothing;
  const number = Number(text);
  if (!Number.isNaN(number))
    return number === 0 ? SAID.no : number === 1 ? SAID.one : number === 3 ? SAID.three : SAID.yes;
  if (/^3d\b/i.test(text)) return SAID.three;
  if (NO.test(text)) return SAID.no;
  return NO_WORD.test(text) ? SAID.no_word : YES.test(text) ? SAID.yes : SAID.nothing;
}

function lettersOf(text: string): number {
  if (/^v$/i.test(text)) return SAID.no_word;
  return /^a$/i.test(text) ? SAID.yes : SAID.nothing;
}

/** Names under which many other things are told. */
const MANY_MEANINGS = /^(?:(?:data|position|nav)[ _]?)?status$/i;

/** What a column like "invalid", "outdated" or "mock" says: a yes means that there was no fix. */
const saysNone = (text: string): boolean => /^(?:1(?:\.0+)?|yes|y|true|t|on|○)$/i.test(text);

/** What the number of satellites says: none is no fix, where other rows show that the recorder counts them. */
function saidByCount(text: string): number {
  const count = text === '' ? Number.NaN : Number(text);
  return count === 0 ? SAID.no_word : count >= 4 ? SAID.yes : SAID.nothing;
}

/** What a dilution of precision says: receivers write 99 or 99.99 without a fix, trackers 0, where other rows have one. */
function saidByDilution(text: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  return value === 0 || value >= 99 ? SAID.lost : value > 0 ? SAID.diluted : SAID.nothing;
}

/** What the provider of Android says: a mast or a WLAN is no fix beside those of satellites. */
const saidByProvider = (text: string): number =>
  /^(?:network|nlp|wi-?fi|cell)$/i.test(text) ? SAID.no_word : /^gps$/i.test(text) ? SAID.yes : SAID.nothing;
