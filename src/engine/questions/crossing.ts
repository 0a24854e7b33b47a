/** A value as a message carries it, and the memory in it that is handed over: not copied, and gone from the sender's arrays. */
export interface Packed {
  readonly message: unknown;
  readonly transfer: readonly ArrayBuffer[];
}

/** How a value gets from one thread to another. */
export interface Crossing<Value> {
  readonly pack: (value: Value) => Packed;
  /** @param message As {@link pack} made it, in the copy that came over. */
  readonly unpack: (message: unknown) => Value | Promise<Value>;
}

/** A value that crosses in another form. */
export interface OtherForm<Value, Message> {
  readonly pack: (value: Value) => Message;
  /** Memory that belongs to the message alone. */
  readonly buffersOf: (message: Message) => readonly ArrayBuffer[];
  readonly unpack: (message: Message) => Value | Promise<Value>;
}

export function crossingAs<Value, Message>({
  pack,
  buffersOf,
  unpack,
}: OtherForm<Value, Message>): Crossing<Value> {
  return {
    pack: (value) => {
      const message = pack(value);
      return { message, transfer: buffersOf(message) };
    },
    // Both ends are built together: what comes over is what was packed for the same question.
    unpack: (message) => unpack(message as Message),
  };
}

/** The value is copied, as structured cloning does. */
export function copied<Value>(): Crossing<Value> {
  return handingOver(() => []);
}

/** @param arraysOf Arrays in the value that were made for it: their memory is handed over. The rest is copied. */
export function handingOver<Value>(
  arraysOf: (value: Value) => readonly (ArrayBufferView | undefined)[],
): Crossing<Value> {
  return crossingAs<Value, Value>({
    pack: (value) => value,
    buffersOf: (value) => memoryOf(arraysOf(value)),
    unpack: (value) => value,
  });
}

/** The memory of arrays, where it can be handed over. */
export function memoryOf(arrays: readonly (ArrayBufferView | undefined)[]): ArrayBuffer[] {
  return arrays.flatMap((array) => (array?.buffer instanceof ArrayBuffer ? [array.buffer] : []));
}
