// The floor: the same job written by hand, with no library and no checks. It is measured beside the service, never deployed.

const model = "@cf/black-forest-labs/flux-1-schnell"

const draw = async (env, prompt) => {
  const response = await fetch(`${env.CF_API_BASE}/accounts/${env.CF_ACCOUNT_ID}/ai/run/${model}`, {
    method: "POST",
    headers: { authorization: `Bearer ${env.CF_API_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ prompt, steps: 4 })
  })
  const { result } = await response.json()
  return result.image
}

const store = async (env, image) => {
  const key = `${crypto.randomUUID()}.jpg`
  await env.FLUX_CF_KV.put(key, Uint8Array.fromBase64(image), { expirationTtl: 1800 })
  return key
}

const describe = (prompt, origin, key) =>
  `🎨 Original prompt: ${prompt}\n💬 Prompt model: Original prompt\n🌐 Optimized prompt: ${prompt}\n` +
  `📐 Image size: 1024x1024\n🌟 Image generated!\nHere is the result:\n\n![Generated image](${origin}/image/${key})`

const chat = async (request, env, origin) => {
  const body = await request.json()
  const prompt = body.messages.at(-1).content
  const head = { id: `chatcmpl-${crypto.randomUUID()}`, created: Math.floor(Date.now() / 1000), model }
  if (!body.stream) {
    const content = describe(prompt, origin, await store(env, await draw(env, prompt)))
    const usage = { prompt_tokens: 10, completion_tokens: 60, total_tokens: 70 }
    const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }]
    return Response.json({ ...head, object: "chat.completion", choices, usage })
  }
  const encoder = new TextEncoder()
  const chunk = (delta, finish_reason = null) =>
    encoder.encode(
      `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] })}\n\n`
    )
  const stream = new ReadableStream({
    async start(controller) {
      controller.enqueue(chunk({ role: "assistant", content: "" }))
      controller.enqueue(chunk({ content: describe(prompt, origin, await store(env, await draw(env, prompt))) }))
      controller.enqueue(chunk({}, "stop"))
      controller.enqueue(encoder.encode("data: [DONE]\n\n"))
      controller.close()
    }
  })
  return new Response(stream, { headers: { "content-type": "text/event-stream" } })
}

const images = async (request, env) => {
  const { prompt } = await request.json()
  const b64_json = await draw(env, prompt)
  return Response.json({ created: Math.floor(Date.now() / 1000), data: [{ b64_json }], size: "1024x1024" })
}

const models = () =>
  Response.json({
    object: "list",
    data: [{ id: model, object: "model", created: 1724371200, owned_by: "black-forest-labs" }]
  })

export default {
  async fetch(request, env) {
    const { origin, pathname } = new URL(request.url)
    switch (pathname) {
      case "/v1/chat/completions":
        return chat(request, env, origin)
      case "/v1/images/generations":
        return images(request, env)
      case "/v1/models":
        return models()
      case "/health":
        return new Response("ok")
    }
    const picture = await env.FLUX_CF_KV.get(pathname.slice("/image/".length), "stream")
    return new Response(picture, { headers: { "content-type": "image/jpeg" } })
  }
}
