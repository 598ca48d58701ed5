/** What the service makes of a wish: it is met, it fails with a reason, or it has no effect and never will. */
export type Answer = "given" | "refused" | "ignored"

/** One thing that a client can ask for. */
export interface Feature {
  /** Method and path, or the name of a command. */
  readonly endpoint: string
  readonly answer: Answer
  /** Why it is refused or ignored, or what to know of what is given. */
  readonly note?: string
  /** The first version that can ask for it. */
  readonly from?: string
  /**
   * What proves it, where that is not a run of the client in `runs/`: a test of the project, as its file and its name, or
   * the client's source, for what cannot be run here.
   */
  readonly proof?: TestOfProject | "source"
}

export interface TestOfProject {
  readonly file: string
  readonly test: string
}

/** A client as its makers publish it. */
export interface Client {
  /** The name of its file in `clients/`, and in `runs/` where it runs. */
  readonly id: string
  readonly name: string
  /** The names under which `package.json` has its versions, here or in the project, the oldest first. */
  readonly packages: ReadonlyArray<string>
  /** What is installed beside each of them, in the same order. */
  readonly beside?: ReadonlyArray<string>
  /** What is to be set in it for all that follows. */
  readonly setup: string
  /** By what it is: a name that is unique in the client, as the table tells it. */
  readonly features: Readonly<Record<string, Feature>>
}

type Note = Pick<Feature, "from" | "note" | "proof">

/** The features of an endpoint, each with a verb. */
export const at = (endpoint: string) => ({
  given: (note: string | Note = {}): Feature => feature(endpoint, "given", note),
  refused: (note: string | Note): Feature => feature(endpoint, "refused", note),
  ignored: (note: string | Note): Feature => feature(endpoint, "ignored", note)
})

const feature = (endpoint: string, answer: Answer, note: string | Note): Feature => ({
  endpoint,
  answer,
  ...(typeof note === "string" ? { note } : note)
})
