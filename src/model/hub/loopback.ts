/** Whether an address is one of this machine itself: what is sent there crosses no network. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether nobody on the way can read what is sent to an address: by TLS, or since there is no way. */
export function isPrivateConnection(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url);
}
