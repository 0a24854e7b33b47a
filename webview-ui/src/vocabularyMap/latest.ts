/** Keeps what was made last, as long as it would be made of the same things. */
export class Latest<Made> {
  private inputs: readonly unknown[] | undefined;
  private made: Made | undefined;

  /** @param inputs what it is made of: compared by identity */
  get(inputs: readonly unknown[], make: () => Made): Made {
    const isSame =
      this.inputs?.length === inputs.length &&
      this.inputs.every((input, place) => Object.is(input, inputs[place]));
    if (!isSame) {
      this.made = make();
      this.inputs = inputs;
    }
    // It has been made: what it is made of is there.
    return this.made as Made;
  }
}
