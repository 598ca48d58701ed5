/** The inputs, as URI-encoded JSON; the one that is a stream is `null` there, and the body of the request. */
export const INPUTS_HEADER = "x-mock-ai-inputs"

/** The name of the input that is a stream, where one is. */
export const STREAM_HEADER = "x-mock-ai-stream"

/** Marks an answer whose body, after what there is of it, breaks: on the way into workerd none can. */
export const BROKEN_HEADER = "x-mock-ai-broken"

/** The status of an answer that is none: the call fails with the error in its body. */
export const REJECTED = 599

/** An error on its way from the test process into workerd. */
export interface Rejection {
  readonly name: string
  readonly message: string
}
