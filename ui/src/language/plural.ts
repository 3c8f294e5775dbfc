/** The forms that a count can take; which of them a language has, `Intl.PluralRules` knows. */
export type Forms<T> = { other: T } & Partial<Record<Intl.LDMLPluralRule, T>>;

/** Chooses by a count in one language. */
export function pluralsOf(language: string) {
  let rules: Intl.PluralRules | undefined;
  return <T>(count: number, forms: Forms<T>): T => {
    rules ??= new Intl.PluralRules(language);
    return forms[rules.select(count)] ?? forms.other;
  };
}
