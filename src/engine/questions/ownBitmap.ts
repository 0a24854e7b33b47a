import { crossingAs, memoryOf, type Crossing } from './crossing';

/** Parameters with a bitmap of rows. */
interface WithBitmap {
  readonly allowed?: Uint32Array | undefined;
}

/** A request goes with a copy of its bitmap, whose memory is handed over. */
export function withOwnBitmap<Request extends WithBitmap>(): Crossing<Request> {
  return crossingAs<Request, Request>({
    pack: copyBitmap,
    buffersOf: ({ allowed }) => memoryOf([allowed]),
    unpack: (request) => request,
  });
}

/** As {@link withOwnBitmap}, for several requests. */
export function withOwnBitmaps<Request extends WithBitmap>(): Crossing<readonly Request[]> {
  return crossingAs<readonly Request[], readonly Request[]>({
    pack: (requests) => requests.map(copyBitmap),
    buffersOf: (requests) => memoryOf(requests.map(({ allowed }) => allowed)),
    unpack: (requests) => requests,
  });
}

/** The caller keeps its own bitmap; and where that is a part of a larger buffer, cloning it would copy all of that. */
function copyBitmap<Request extends WithBitmap>(request: Request): Request {
  return request.allowed === undefined ? request : { ...request, allowed: new Uint32Array(request.allowed) };
}
