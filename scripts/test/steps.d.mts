/** What `npm test` runs. */
export const steps: readonly { readonly name: string }[];
