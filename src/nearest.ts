// SPDX-License-Identifier: MIT
// "Did you mean": the name of a closed list that a mistyped word comes nearest to.
import { distance } from 'fastest-levenshtein';

const plain = (word: string) => word.toLowerCase().replaceAll(/[_\s]/g, '-');

const letters = (word: string) => [...word].sort().join('');
/** Letters that differ; the same letters in another order are one slip of the fingers. */
const apart = (a: string, b: string) => (letters(a) === letters(b) ? Math.min(1, distance(a, b)) : distance(a, b));

/** The choice that differs least from the word: by a third of its letters at most, two of a short word, or only by its end. */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  const wanted = plain(word);
  const far = choices.map((choice) => apart(wanted, plain(choice)));
  const least = Math.min(...far);
  const most = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  if (least <= most) return choices[far.indexOf(least)];
  return wanted.length < 2 ? undefined : choices.find((choice) => plain(choice).startsWith(wanted));
}

/** "; did you mean X?", or nothing where no choice is near. */
export function didYouMean(word: string, choices: readonly string[]): string {
  const near = nearest(word, choices);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
