/** Where models come from unless a setting or `HF_ENDPOINT` names a mirror. */
export const HUB_ADDRESS = 'https://huggingface.co';

/**
 * What tells one server of models from another: origin and path, such as `https://mirror.example/hf`, never with a slash at its end. The
 * path counts, since behind one origin there may be servers of many: whoever has a repository at the hub has a path there.
 */
export function serverAddress(endpoint: URL): string {
  return `${endpoint.origin}${endpoint.pathname.replace(/\/+$/, '')}`;
}

/** An address for people, such as `huggingface.co` or `mirror.example/hf`; with `http://` where the connection is not a secure one. */
export function serverName(address: string): string {
  return address.replace(/^https:\/\//, '');
}
