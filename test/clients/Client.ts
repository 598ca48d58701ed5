/** Stands in a recorded body for the link of a picture that this service has drawn before. */
export const LINK = "https://link.example/of-a-picture-drawn-before"

/** Stands in a recorded body for a picture that the user has attached, as a `data:` URL. */
export const ATTACHED = "data:image/jpeg;base64,ATTACHED"

/** A body as `multipart/form-data`: text fields, and small pictures as files of one name. */
export interface RecordedForm {
  readonly fields: Readonly<Record<string, string>>
  readonly files: { readonly name: "image" | "image[]"; readonly filenames: ReadonlyArray<string> }
}

/** What the client has to get. */
export type Expected =
  /** A chat answer with one picture, drawn once. `beside`: in `message.images` too. */
  | { readonly _tag: "Picture"; readonly edit?: true; readonly beside?: true }
  /** An answer of the Images API with these fields beside `created`, drawn once. */
  | { readonly _tag: "Images"; readonly fields: ReadonlyArray<"url" | "b64_json"> }
  /** A chat answer of text: matching, or an object in JSON. Nothing is drawn. */
  | { readonly _tag: "Text"; readonly content: RegExp | object }
  | { readonly _tag: "Models" }
  /** 404 in the error envelope. */
  | { readonly _tag: "NotFound" }

/** A request as the client makes it. */
export interface RecordedRequest {
  /** For the README. */
  readonly name: string
  readonly method?: "GET"
  /** Follows the base address that the client makes of what was entered. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly json?: object
  readonly form?: RecordedForm
  readonly expected: Expected
}

/** A client, and what is known to work with it. */
export interface Client {
  readonly name: string
  /** What to enter for a service at `http://localhost:8787`. */
  readonly baseAddress: string
  /** The name of the field or option for the base address, where it is not obvious. */
  readonly baseOption?: string
  /** The name of the field, option or header for the key. */
  readonly keyOption: string
  /** What is checked, each once. */
  readonly drawing: ReadonlyArray<string>
  /** Its requests in the background that are answered without drawing. */
  readonly background: ReadonlyArray<string>
}

/** A chat program, whose requests are recorded. */
export interface Program extends Omit<Client, "drawing" | "background"> {
  /** What the program makes of an address that somebody has pasted into its settings. */
  readonly baseOf: (pasted: string) => string
  /** How it goes on for chat, and for the list of models where it asks for one. */
  readonly chatPath: string
  readonly modelsPath?: string
  /** Its requests come from a web page in one of its modes, after a preflight. */
  readonly browser: boolean
  readonly requests: ReadonlyArray<RecordedRequest>
}

const isBackground = ({ expected }: RecordedRequest): boolean =>
  expected._tag === "Text" || expected._tag === "NotFound"

/** The part of a program that the README tells. */
export const clientOf = (program: Program): Client => ({
  ...program,
  drawing: program.requests.filter((request) => !isBackground(request)).map(({ name }) => name),
  background: program.requests.filter(isBackground).map(({ name }) => name)
})
