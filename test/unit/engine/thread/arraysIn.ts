/** All typed arrays in a message, also those whose memory was handed over. */
export function arraysIn(message: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(message)) {
    return [message];
  }
  return typeof message === 'object' && message !== null ? Object.values(message).flatMap(arraysIn) : [];
}
