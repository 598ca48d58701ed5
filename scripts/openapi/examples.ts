const key = "3q2-7wAAAAAAAAAAAAAAAA-1798761600"
const url = `https://flux-api-worker.example.workers.dev/image/${key}.jpg`
const model = "@cf/black-forest-labs/flux-2-klein-4b"
const cost = { neurons: 58.61, cost_usd: 0.000645 }
const base64 = "/9j/4AAQSkZJRgABAQAAAQABAAD…"
const jobId = "job_3q2-7wAAAAAAAAAAAAAAAA"

const content = [
  "🎨 Original prompt: A cute cat 16:9  ",
  "💬 Prompt model: Original prompt  ",
  "🌐 Optimized prompt: A cute cat  ",
  "📐 Image size: 1024x576  ",
  "🎲 Seed: 42  ",
  "🌟 Image generated!  ",
  "Here is the result:",
  "",
  `![Generated image](${url})`
].join("\n")

const imagesUsage = {
  input_tokens: 3,
  output_tokens: 576,
  total_tokens: 579,
  input_tokens_details: { text_tokens: 3, image_tokens: 0 },
  ...cost
}

const images = {
  created: 1798758000,
  data: [{ url, seed: 42 }],
  model,
  size: "1024x576",
  quality: "medium",
  background: "opaque",
  output_format: "jpeg",
  usage: imagesUsage
}

const job = {
  id: jobId,
  object: "generation.job",
  status: "completed",
  created_at: 1798758000,
  expires_at: 1798758600,
  model,
  ...cost,
  progress: { total: 1, completed: 1, failed: 0 },
  result: images
}

const response = {
  id: `resp_${key}`,
  object: "response",
  created_at: 1798758000,
  completed_at: null,
  status: "completed",
  error: null,
  incomplete_details: null,
  model,
  output: [
    {
      id: `msg_${key}`,
      type: "message",
      status: "completed",
      role: "assistant",
      content: [{ type: "output_text", text: content, annotations: [], logprobs: [] }]
    }
  ],
  usage: {
    input_tokens: 3,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 81,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 84,
    ...cost
  },
  background: false,
  store: false,
  frequency_penalty: 0,
  presence_penalty: 0,
  instructions: null,
  metadata: {},
  temperature: 1,
  top_p: 1,
  max_output_tokens: null,
  parallel_tool_calls: true,
  previous_response_id: null,
  text: { format: { type: "text" } },
  tool_choice: "auto",
  tools: [],
  user: null
}

const architecture = { input_modalities: ["text", "image"], output_modalities: ["image"] }
const modelObject = { id: model, object: "model", created: 1768435200, owned_by: "black-forest-labs", architecture }

/** A body for each operation that takes one, by the operation's id. */
export const requests: Readonly<Record<string, unknown>> = {
  "chat.createChatCompletion": { model: "flux", messages: [{ role: "user", content: "A cute cat 16:9 --seed 42" }] },
  "images.createImage": { prompt: "A cute cat", size: "1024x576", seed: 42, response_format: "url" },
  "images.createImageEdit": { prompt: "Make it winter", images: [{ image_url: url }], response_format: "url" },
  "images.createOpenRouterImage": { prompt: "A cute cat", aspect_ratio: "16:9" },
  "responses.createResponse": { model: "flux", input: "A cute cat 16:9 --seed 42" },
  "mcp.callMcp": {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "generate_image", arguments: { prompt: "A cute cat", size: "16:9", inline: false } }
  },
  "provenance.readProvenance": { image: url }
}

/** What each operation answers in JSON when all goes well, by the operation's id. */
export const answers: Readonly<Record<string, unknown>> = {
  "chat.createChatCompletion": {
    id: "chatcmpl-3q2-7wAAAAAAAAAAAAAAAA",
    object: "chat.completion",
    system_fingerprint: "flux-api-worker",
    created: 1798758000,
    model,
    choices: [
      { index: 0, message: { role: "assistant", content, refusal: null }, logprobs: null, finish_reason: "stop" }
    ],
    usage: { prompt_tokens: 6, completion_tokens: 81, total_tokens: 87, ...cost }
  },
  "images.createImage": images,
  "images.createImageEdit": { ...images, size: "1024x576" },
  "images.createOpenRouterImage": {
    ...images,
    data: [{ b64_json: base64, seed: 42 }],
    usage: { ...imagesUsage, prompt_tokens: 3, completion_tokens: 576, cost: cost.cost_usd }
  },
  "responses.createResponse": response,
  "responses.getResponse": { ...response, background: true },
  "responses.deleteResponse": { id: `resp_${key}`, object: "response", deleted: true },
  "responses.cancelResponse": { ...response, background: true, status: "cancelled", output: [] },
  "mcp.callMcp": {
    jsonrpc: "2.0",
    id: 1,
    result: {
      content: [{ type: "text", text: content }],
      structuredContent: { images: [{ url, size: "1024x576", seed: 42 }], model }
    }
  },
  "jobs.getJob": job,
  "jobs.cancelJob": { ...job, status: "cancelled" },
  "models.listModels": { object: "list", data: [modelObject] },
  "models.retrieveModel": modelObject,
  "usage.getUsage": {
    object: "usage",
    key: "alice",
    pictures: 3,
    neurons: 175.83,
    cost_usd: 0.001934,
    budget: null,
    budget_usd: 2,
    left: null,
    left_usd: 1.998066,
    renews_at: 1798761600,
    days: [{ date: "2026-12-31", pictures: 3, neurons: 175.83, cost_usd: 0.001934 }]
  },
  "provenance.readProvenance": {
    object: "provenance",
    media_type: "image/jpeg",
    size: "1024x576",
    digital_source_type: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    ai_system: model,
    creator_tool: null,
    credit: null,
    c2pa: false
  },
  "system.health": { status: "ok", ready: true, missing: [] }
}
