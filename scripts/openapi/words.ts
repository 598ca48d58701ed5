interface Words {
  readonly summary: string
  readonly description: string
}

/** Of the service as a whole. */
export const description =
  "Pictures from your own Cloudflare account, for programs that speak OpenAI's API. Each endpoint draws with the same " +
  "models, keeps what it draws under a link for a while, and tells what it costs. Unknown fields are ignored; what is " +
  "known and can't be done is a 400 that names it. Send your key as `Authorization: Bearer KEY`, `x-api-key` or `api-key`."

/** The groups of operations, in the order in which they are shown. */
export const tags: ReadonlyArray<{ readonly name: string; readonly description: string }> = [
  { name: "chat", description: "Pictures as answers in a chat." },
  { name: "images", description: "OpenAI's Images API, and OpenRouter's." },
  { name: "responses", description: "OpenAI's Responses API." },
  { name: "mcp", description: "The Model Context Protocol, for agents." },
  { name: "jobs", description: "Drawings that nobody waits for." },
  { name: "models", description: "What can draw." },
  { name: "usage", description: "What a key has used." },
  { name: "provenance", description: "What a picture says of where it comes from." },
  { name: "pictures", description: "The links of what was drawn." },
  { name: "system", description: "The service itself." }
]

const background =
  " With the header `Prefer: respond-async` it is a job: 202, and its address in `location`. `x-flux-job` names the job " +
  "where there is a ledger, `x-flux-neurons` and `x-flux-cost` (in US dollars) what it is expected to cost."

/** What each operation does, by its id. */
export const operations: Readonly<Record<string, Words>> = {
  "chat.createChatCompletion": {
    summary: "Draw in a chat",
    description:
      "Draws what the last message of the user says, or changes the newest picture of the conversation where it asks for " +
      "that. A ratio (`16:9`) or flags (`--seed 42 --n 2`) at its end are wishes, not part of the prompt. The answer is " +
      "Markdown with the link. Requests for titles, tags or questions are answered without drawing." +
      background
  },
  "images.createImage": {
    summary: "Draw pictures",
    description:
      "Answers with links, with base64, or with both where `response_format` is absent. As a stream (`stream: true`) each " +
      "picture is an event as soon as it is finished. With `image` or `images` it is an edit." +
      background
  },
  "images.createImageEdit": {
    summary: "Change pictures",
    description:
      "Changes a picture, or puts several together, as the prompt says. Pictures come as files of a form (JPEG, PNG, WebP), " +
      "`data:` URLs, links of this service or https addresses. Without `size` the result is as the first of them." +
      background
  },
  "images.createOpenRouterImage": {
    summary: "Draw pictures, as OpenRouter's clients ask for them",
    description:
      "The Images API with `aspect_ratio`, `resolution` and `input_references`, and what it costs in `usage`."
  },
  "responses.createResponse": {
    summary: "Draw as a response",
    description:
      "The answer is a message with the link, and with the tool `image_generation` also the picture in base64. Its ids hold " +
      "the pictures' keys: a later request with `previous_response_id`, or with an item of it, changes that picture. " +
      "`background: true` makes it a job." +
      background
  },
  "responses.getResponse": {
    summary: "Read the response of a job",
    description: "What a request with `background: true` has come to. It is kept for a short while."
  },
  "responses.deleteResponse": {
    summary: "Cancel the job of a response, and forget it",
    description: "No further picture of it is begun."
  },
  "responses.cancelResponse": {
    summary: "Cancel the job of a response",
    description: "No further picture of it is begun; what was drawn stays."
  },
  "mcp.callMcp": {
    summary: "Call a tool",
    description:
      "JSON-RPC over HTTP, without sessions: `initialize` or `server/discover`, `tools/list`, and `tools/call` for " +
      "`generate_image`, `edit_image` and `list_models`. Progress is told as a stream where a `progressToken` is given."
  },
  "jobs.getJob": {
    summary: "Read or follow a job",
    description:
      "What a job has come to. With `Accept: text/event-stream` its events are told as they happen; `Last-Event-ID` goes on " +
      "where a stream was cut."
  },
  "jobs.cancelJob": {
    summary: "Cancel a job",
    description: "No further picture of it is begun; what was drawn stays, and is told."
  },
  "models.listModels": {
    summary: "List the models",
    description: "What can draw here, and one of OpenAI's names, by which programs know that this draws."
  },
  "models.retrieveModel": {
    summary: "Read a model",
    description: "By its id, one of its short names, an alias of the settings, or any of OpenAI's image names."
  },
  "usage.getUsage": {
    summary: "Read what a key has used",
    description:
      "Of today (UTC) and the last 31 days, for the key that asks. The owner's key may ask `key=all` for a row of every key."
  },
  "provenance.readProvenance": {
    summary: "Read the marks of a picture",
    description: "Send it as the body, as a file of a form, or as a `data:` URL or a link of this service in JSON."
  },
  "pictures.getImage": {
    summary: "Fetch a picture",
    description: "No key is needed: the link is the secret. Its name tells when it ends, in seconds since 1970."
  },
  "system.welcome": {
    summary: "The page",
    description: "A page to draw on, and to see what is set and what is missing."
  },
  "system.health": {
    summary: "Read the state of the service",
    description: "Always answers. `missing` names every setting that is missing or wrong."
  }
}

/** What a field of a request means, wherever it is. */
export const fields: Readonly<Record<string, string>> = {
  aspect_ratio: "A ratio such as `16:9`, in the place of `size`.",
  background:
    "Of responses: whether to draw as a job that is asked for later. Of pictures: `transparent` removes the background of the " +
    "one that is sent, where a model that does so is switched on.",
  image: "The picture to change: a `data:` URL, a link of this service, or an https address.",
  images: "The pictures to change or to put together, each as in `image`.",
  input: "What to draw: a text, or items of a conversation.",
  input_references: "The pictures to change or to put together: `data:` URLs or addresses.",
  mask: "A PNG of the first picture's size, transparent where it is to be drawn anew.",
  messages: "The conversation. What counts is the last message of the user, and pictures before it.",
  model: "An id or short name of `GET /v1/models`. Without it, or with one of OpenAI's names, the default draws.",
  n: "How many pictures.",
  output_format: "`jpeg`, `png` or `webp`. Without it what the model gives.",
  partial_images: "Accepted. None of these models gives partial pictures.",
  previous_response_id: "The response whose picture is to be changed.",
  prompt: "What to draw, in any language. A ratio or flags at its end are wishes.",
  quality: "Chooses the number of steps, where the model lets one choose.",
  resolution: "`512` or `1K`; `2K` and `4K` where the model draws them.",
  response_format: "`url`, `b64_json`, or absent for both.",
  seed: "The same seed and prompt draw the same picture. -1, or none, is any.",
  size: "Pixels (`1024x576`), a ratio (`16:9`) or `auto`.",
  steps: "More take longer and cost more. Better left out.",
  stream: "Whether to answer with events as they happen.",
  webhook: "Where the end of a job is told, signed; together with `Prefer: respond-async`.",
  tools: '`[{"type": "image_generation"}]` for the picture in base64 beside its link.'
}
