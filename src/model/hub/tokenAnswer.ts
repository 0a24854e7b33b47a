/** What a server is told that asks who we are; undefined where the user has no token. */
export type TokenAnswer =
  | { readonly token: string }
  /** There may be a token, but this server does not get it. A sentence that says so, and why. */
  | { readonly withheld: string }
  | undefined;
