/** The input element whose listener hears an event. */
export function inputOf({ currentTarget }: Event): HTMLInputElement {
  if (!(currentTarget instanceof HTMLInputElement)) {
    throw new TypeError('The listener is on no input element.');
  }
  return currentTarget;
}

/** The list of choices whose listener hears an event. */
export function selectOf({ currentTarget }: Event): HTMLSelectElement {
  if (!(currentTarget instanceof HTMLSelectElement)) {
    throw new TypeError('The listener is on no select element.');
  }
  return currentTarget;
}
